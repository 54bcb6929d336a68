import {
  count,
  handledMs,
  type Metric,
  mean,
  perHandled,
  serviceLevel,
  share,
  waitPercentile,
} from './metric.ts';

/** Each number of the product, once: page, API, command line and docs are made from here. */

/** By the names that reports, API and exports use. */
export const catalogue = {
  entered: count(
    'Поступило',
    'Entered',
    {
      ru: 'Сколько раз звонящие вставали в очередь. Звонок, прошедший две очереди, считается в каждой.',
      en: 'How often callers entered the queue. A call that went through two queues counts in each.',
    },
    'Q = A + B + S + C + F + O',
    ({ waits, open }) => waits.count + open,
  ),
  answered: count(
    'Отвечено',
    'Answered',
    { ru: 'Соединены с оператором.', en: 'An agent was connected.' },
    'A',
    ({ answered }) => answered,
  ),
  abandoned: {
    ...count(
      'Не дождались',
      'Abandoned',
      {
        ru: 'Положили трубку, прождав дольше порога короткого звонка.',
        en: 'The caller hung up after waiting longer than the short-abandon limit.',
      },
      'B: hung up, wait > S',
      ({ abandoned }) => abandoned,
    ),
    upIsGood: false,
  },
  shortAbandoned: count(
    'Короткие',
    'Short abandoned',
    {
      ru: 'Положили трубку в пределах порога короткого звонка. В потерянные не входят.',
      en: 'The caller hung up within the short-abandon limit. Not counted as abandoned.',
    },
    'S: hung up, wait <= limit',
    ({ shortAbandoned }) => shortAbandoned,
  ),
  callback: count(
    'Обратный звонок',
    'Callback',
    {
      ru: 'Вышли из очереди, заказав обратный звонок.',
      en: 'The caller left the queue by asking to be called back.',
    },
    'C',
    ({ callback }) => callback,
  ),
  flowedOut: count(
    'Ушли иначе',
    'Flowed out',
    {
      ru: 'Вышли из очереди без ответа по другой причине: время, клавиша, нет операторов, перевод.',
      en: 'Left unanswered for another reason: time-out, key, no agents, redirected.',
    },
    'F',
    ({ flowedOut }) => flowedOut,
  ),
  open: count(
    'Ещё ждут',
    'Still waiting',
    {
      ru: 'Ещё в очереди: числа этого интервала не окончательны.',
      en: 'Still in the queue: the numbers of this interval are provisional.',
    },
    'O',
    ({ open }) => open,
  ),
  answeredInTime: count(
    'Отвечено вовремя',
    'Answered in time',
    {
      ru: 'Соединены не позднее порога уровня сервиса.',
      en: 'Connected within the service level threshold.',
    },
    'Ain: answered, wait <= T',
    ({ answeredInTime }) => answeredInTime,
  ),
  abandonedInTime: count(
    'Не дождались до порога',
    'Abandoned in time',
    {
      ru: 'Положили трубку после короткого звонка, но до порога уровня сервиса.',
      en: 'Hung up after the short-abandon limit but within the service level threshold.',
    },
    'Bin: S < wait <= T',
    ({ abandonedInTime }) => abandonedInTime,
  ),
  serviceLevel: {
    unit: 'share',
    upIsGood: true,
    name: { ru: 'Уровень сервиса', en: 'Service level' },
    definition: {
      ru: 'Доля тех, кому ответили в пределах порога. Как считаются не дождавшиеся, говорит вариант.',
      en: 'The share of those who were answered within the threshold. The variant says how those who hung up count.',
    },
    formula:
      'negative: Ain/(A+B); answered-only: Ain/A; positive: (Ain+Bin)/(A+B); ignore: Ain/(A+B-Bin); offered: Ain/(A+B+F+C)',
    of: serviceLevel,
  },
  abandonRate: {
    unit: 'share',
    upIsGood: false,
    name: { ru: 'Доля не дождавшихся', en: 'Abandon rate' },
    definition: {
      ru: 'Доля не дождавшихся среди отвеченных и не дождавшихся; короткие звонки не считаются.',
      en: 'Abandoned among answered and abandoned; short ones are left out of both.',
    },
    formula: 'B / (A + B)',
    of: ({ answered, abandoned }) => share(abandoned, answered + abandoned),
  },
  asaSeconds: {
    unit: 'seconds',
    upIsGood: false,
    name: { ru: 'Среднее ожидание ответа', en: 'ASA' },
    definition: {
      ru: 'Среднее ожидание отвеченных, от входа в очередь до соединения; время в меню не входит.',
      en: 'Average speed of answer: the mean wait of answered callers, from entering the queue to the connection; time in menus is not in it.',
    },
    formula: 'sum of waits of A / A',
    of: ({ answered, answeredMs }) => mean(answeredMs, answered),
  },
  waitP50Seconds: waitPercentile(0.5, 'Медиана ожидания', 'Median wait'),
  waitP90Seconds: waitPercentile(0.9, 'Ожидание, 90 %', 'Wait, 90 %'),
  waitP95Seconds: waitPercentile(0.95, 'Ожидание, 95 %', 'Wait, 95 %'),
  waitMaxSeconds: waitPercentile(1, 'Самое долгое ожидание', 'Longest wait'),
  timeToAbandonSeconds: {
    unit: 'seconds',
    upIsGood: null,
    name: { ru: 'Ждали до отказа', en: 'Time to abandon' },
    definition: {
      ru: 'Сколько в среднем ждали те, кто не дождался; короткие звонки не считаются.',
      en: 'How long those who abandoned had waited on average; short ones are left out.',
    },
    formula: 'sum of waits of B / B',
    of: ({ abandoned, abandonedMs }) => mean(abandonedMs, abandoned),
  },
  inbound: count(
    'Входящие',
    'Inbound',
    {
      ru: 'Обращения клиентов. Обращение считается один раз, сколько бы очередей и операторов оно ни прошло.',
      en: 'Contacts by customers. A contact counts once, however many queues and agents it went through.',
    },
    'inbound contacts',
    ({ contacts }) => contacts.inbound,
  ),
  inboundAnswered: count(
    'Входящие, отвечено',
    'Inbound answered',
    {
      ru: 'Обращения, в которых с клиентом поговорили.',
      en: 'Inbound contacts in which somebody talked with the customer.',
    },
    'inbound contacts with the outcome answered',
    ({ contacts }) => contacts.inboundAnswered,
  ),
  outbound: count(
    'Исходящие',
    'Outbound',
    { ru: 'Наши звонки клиентам.', en: 'Our calls to customers.' },
    'outbound contacts',
    ({ contacts }) => contacts.outbound,
  ),
  outboundAnswered: count(
    'Исходящие, отвечено',
    'Outbound answered',
    { ru: 'Наши звонки, на которые клиент ответил.', en: 'Our calls that the customer answered.' },
    'outbound contacts with the outcome answered',
    ({ contacts }) => contacts.outboundAnswered,
  ),
  handled: count(
    'Обработано',
    'Handled',
    {
      ru: 'Разговоры операторов. Переведённый звонок — разговор у каждого, кто говорил с клиентом.',
      en: 'Legs of agents who talked with the customer. A transferred call is one for each of them.',
    },
    'answered legs, consultations left out',
    ({ legs }) => legs.handled,
  ),
  talkSeconds: perHandled('Разговор', 'Talk', 'talkMs', {
    ru: 'Среднее время разговора, без удержания.',
    en: 'The mean time of talk, hold left out.',
  }),
  holdSeconds: perHandled('Удержание', 'Hold', 'holdMs', {
    ru: 'Среднее время удержания на один разговор.',
    en: 'The mean time on hold per handled leg.',
  }),
  wrapUpSeconds: perHandled('Завершение', 'Wrap-up', 'wrapUpMs', {
    ru: 'Среднее время завершения: от конца разговора до «Готово», итога или предела.',
    en: 'The mean wrap-up: from the end of the talk to "done", to the disposition, or to the limit.',
  }),
  ahtSeconds: {
    unit: 'seconds',
    upIsGood: null,
    name: { ru: 'Среднее время обработки', en: 'AHT' },
    definition: {
      ru: 'Разговор, удержание и завершение вместе, на один разговор. Перерывы не входят.',
      en: 'Average handle time: talk, hold and wrap-up together, per handled leg. Breaks are not in it.',
    },
    formula: '(talk + hold + wrap-up) / handled',
    of: ({ legs }) => mean(handledMs(legs), legs.handled),
  },
  holdPerHeldSeconds: {
    unit: 'seconds',
    upIsGood: false,
    name: { ru: 'Удержание, где было', en: 'Hold per held leg' },
    definition: {
      ru: 'Среднее удержание только тех разговоров, где оно было.',
      en: 'The mean time on hold of those legs that were held at all.',
    },
    formula: 'hold / legs with hold',
    of: ({ legs }) => mean(legs.holdMs, legs.held),
  },
  offers: count(
    'Предложено',
    'Offers',
    { ru: 'Сколько раз звонил телефон оператора.', en: 'How often an agent`s phone rang.' },
    'legs',
    ({ legs }) => legs.offers,
  ),
  missed: {
    ...count(
      'Пропущено',
      'Missed',
      {
        ru: 'Телефон звонил, оператор не ответил. Если звонящий ушёл или ответил коллега, это не пропуск.',
        en: 'The phone rang out. When the caller left or a colleague answered, it is no miss.',
      },
      'offers that rang out',
      ({ legs }) => legs.missed,
    ),
    upIsGood: false,
  },
  rnaRate: {
    unit: 'share',
    upIsGood: false,
    name: { ru: 'Доля пропущенных', en: 'Ring no answer' },
    definition: {
      ru: 'Доля предложенных звонков, на которые оператор не ответил.',
      en: 'The share of offers that rang out.',
    },
    formula: 'missed / offers',
    of: ({ legs }) => share(legs.missed, legs.offers),
  },
  transferRate: {
    unit: 'share',
    upIsGood: null,
    name: { ru: 'Доля переводов', en: 'Transfer rate' },
    definition: {
      ru: 'Доля разговоров, которые закончились переводом. Консультация, после которой оператор вернулся, не перевод.',
      en: 'The share of handled legs that ended by a transfer. A consultation that comes back is none.',
    },
    formula: 'legs ended by a transfer / handled',
    of: ({ legs }) => share(legs.blindTransfers + legs.attendedTransfers, legs.handled),
  },
  blindTransfers: count(
    'Без предупреждения',
    'Blind transfers',
    { ru: 'Переводы без разговора с коллегой.', en: 'Transfers without asking first.' },
    'blind',
    ({ legs }) => legs.blindTransfers,
  ),
  attendedTransfers: count(
    'С консультацией',
    'Attended transfers',
    { ru: 'Переводы после разговора с коллегой.', en: 'Transfers after asking first.' },
    'attended',
    ({ legs }) => legs.attendedTransfers,
  ),
  transfersToQueue: count(
    'В очередь',
    'To a queue',
    { ru: 'Переводы в очередь.', en: 'Transfers into a queue.' },
    'to a queue',
    ({ legs }) => legs.transfersToQueue,
  ),
  transfersToAgent: count(
    'Оператору',
    'To an agent',
    { ru: 'Переводы оператору.', en: 'Transfers to an agent.' },
    'to an agent',
    ({ legs }) => legs.transfersToAgent,
  ),
  transfersToOutside: count(
    'Наружу',
    'To outside',
    { ru: 'Переводы на внешний номер.', en: 'Transfers to an outside number.' },
    'to outside',
    ({ legs }) => legs.transfersToOutside,
  ),
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof catalogue;
