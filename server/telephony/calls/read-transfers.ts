import { text } from './fields.ts';
import { ofChannel, type Reader } from './readers.ts';

/** Transfers, pickup, parking, voicemail: the events in which a call changes hands; and the click-to-call that came to nothing. */

export const transferReaders: Readonly<Record<string, Reader>> = {
  BlindTransfer: (m, at) => {
    const by = text(m, 'TransfererUniqueid');
    if (by === null || m.get('Result') !== 'Success') return null;
    const transferee = text(m, 'TransfereeUniqueid');
    return { type: 'BlindTransfer', at, by, transferee, extension: m.get('Extension') ?? '' };
  },
  AttendedTransfer: (m, at) => {
    const by = text(m, 'OrigTransfererUniqueid');
    const second = text(m, 'SecondTransfererUniqueid');
    if (by === null || second === null || m.get('Result') !== 'Success') return null;
    return {
      type: 'AttendedTransfer',
      at,
      by,
      second,
      transferee: text(m, 'TransfereeUniqueid'),
      target: text(m, 'TransferTargetUniqueid'),
      intoApp: m.get('DestType') === 'App',
    };
  },
  Pickup: ofChannel((m, at, channel) => {
    const target = text(m, 'TargetUniqueid');
    return target === null ? null : { type: 'Pickup', at, channel, target };
  }),
  ParkedCall: (m, at) => {
    const parkee = text(m, 'ParkeeUniqueid');
    return parkee === null
      ? null
      : { type: 'ParkedCall', at, parkee, parkerDevice: text(m, 'ParkerDialString') };
  },
  UnParkedCall: (m, at) => {
    const parkee = text(m, 'ParkeeUniqueid');
    const retriever = text(m, 'RetrieverUniqueid');
    return parkee === null || retriever === null ? null : { type: 'UnParkedCall', at, parkee, retriever };
  },
  OriginateResponse: (m, at) => {
    const device = text(m, 'Channel');
    if (device === null || m.get('Response') !== 'Failure') return null;
    return { type: 'OriginateFailed', at, device, exten: text(m, 'Exten') };
  },
  // With channel fields it is the end of VoiceMail() (Asterisk 22); without them it says nothing about a call.
  MessageWaiting: ofChannel((_, at, channel) => ({ type: 'VoiceMail', at, channel })),
};
