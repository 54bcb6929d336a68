import { direction } from '@ringdesk/shared/interaction';
import { type Breaks, type Dispositions, type Reason, wrapUpOutcome } from '@ringdesk/shared/settings';
import type { Config } from '../../config/index.ts';
import type { SettingValues } from './rules.ts';

const node = (id: string, ru: string, en: string, children: Reason[] = []): Reason => ({
  id,
  name: { ru, en },
  notAtFirstContact: false,
  archived: false,
  children,
});
const choice = (id: string, ru: string, en: string): Dispositions['list'][number] => ({
  id,
  name: { ru, en },
  directions: [...direction.options],
  outcomes: [...wrapUpOutcome.options],
  archived: false,
});
const aBreak = (id: string, ru: string, en: string): Breaks['list'][number] => ({
  id,
  name: { ru, en },
  limitMs: null,
  archived: false,
});

/** How a contact ended, for a small company's contact centre. */
const dispositions: Dispositions['list'] = [
  choice('resolved', 'Решено', 'Resolved'),
  choice('follow-up', 'Нужно перезвонить', 'Follow-up needed'),
  choice('handed-over', 'Передано коллегам', 'Handed over'),
  choice('order', 'Оформлен заказ', 'Order placed'),
  choice('refused', 'Клиент отказался', 'Customer declined'),
  choice('wrong-number', 'Ошиблись номером', 'Wrong number'),
  choice('cut-off', 'Разговор прервался', 'Call cut off'),
  choice('spam', 'Спам', 'Spam'),
];

/** Why the customer called: two levels, so that one key each finds it. */
const reasons: Reason[] = [
  node('sales', 'Продажи', 'Sales', [
    node('price', 'Цены и наличие', 'Prices and stock'),
    node('order', 'Новый заказ', 'New order'),
    node('offer', 'Коммерческое предложение', 'Quotation'),
  ]),
  node('order', 'Заказ', 'Order', [
    node('status', 'Где заказ', 'Where it is'),
    node('change', 'Изменить заказ', 'Change it'),
    node('cancel', 'Отменить заказ', 'Cancel it'),
    node('return', 'Возврат', 'Return'),
  ]),
  node('billing', 'Оплата', 'Billing', [
    node('invoice', 'Счёт и документы', 'Invoice and papers'),
    node('payment', 'Платёж не прошёл', 'Payment failed'),
    node('refund', 'Возврат денег', 'Refund'),
  ]),
  node('support', 'Поддержка', 'Support', [
    node('fault', 'Не работает', 'Does not work'),
    node('how-to', 'Как пользоваться', 'How to use it'),
    node('warranty', 'Гарантия', 'Warranty'),
  ]),
  node('complaint', 'Жалоба', 'Complaint', [
    node('product', 'На товар или услугу', 'About a product or service'),
    node('delivery', 'На доставку', 'About the delivery'),
    node('staff', 'На сотрудника', 'About a person'),
    node('waiting', 'На долгое ожидание', 'About waiting'),
  ]),
  node('other', 'Другое', 'Other'),
];

/** The ids are the reasons of the queue's pause, so they stand in queue_log as well. */
const breakReasons: Breaks['list'] = [
  aBreak('break', 'Перерыв', 'Short break'),
  aBreak('lunch', 'Обед', 'Lunch'),
  aBreak('meeting', 'Совещание', 'Meeting'),
  aBreak('training', 'Обучение', 'Training'),
  aBreak('paperwork', 'Работа с документами', 'Paperwork'),
  aBreak('technical', 'Техническая проблема', 'Technical problem'),
];

/** What holds until an administrator says otherwise: the environment's word where it has one. */
export function defaultSettings(
  config: Pick<Config, 'wrapUpLimitMs' | 'shortAbandonMs'> & { timeZone?: string },
): SettingValues {
  const isLimited = config.wrapUpLimitMs !== 0;
  return {
    queueDefaults: {
      thresholdSeconds: 20,
      serviceLevel: 'negative',
      shortAbandonSeconds: Math.round(config.shortAbandonMs / 1000),
      wrapUpMode: isLimited ? 'timed' : 'unlimited',
      wrapUpLimitMs: isLimited ? config.wrapUpLimitMs : 60_000,
    },
    dispositions: { list: dispositions },
    reasons: { tree: reasons },
    breaks: { list: breakReasons },
    time: {
      timeZone: config.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      calendar: null,
    },
    calendars: { list: [] },
    numbers: { rules: [] },
    retention: { interactionDays: null, auditDays: null },
  };
}
