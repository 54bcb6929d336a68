import type { DeskSettings, ReasonNode } from '@ringdesk/shared/desk';

type Names = { ru: string; en: string };
const node = (id: string, ru: string, en: string, children: ReasonNode[] = []): ReasonNode => ({
  id,
  name: { ru, en },
  children,
});
const choice = (id: string, ru: string, en: string): { id: string; name: Names } => ({
  id,
  name: { ru, en },
});

/** How a contact ended, for a small company's contact centre. */
const dispositions: DeskSettings['dispositions'] = [
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
const reasons: ReasonNode[] = [
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
const breakReasons: DeskSettings['breakReasons'] = [
  choice('break', 'Перерыв', 'Short break'),
  choice('lunch', 'Обед', 'Lunch'),
  choice('meeting', 'Совещание', 'Meeting'),
  choice('training', 'Обучение', 'Training'),
  choice('paperwork', 'Работа с документами', 'Paperwork'),
  choice('technical', 'Техническая проблема', 'Technical problem'),
];

/** The settings of the desk, with whatever the configuration says otherwise. `wrapUpLimitMs` null means no limit. */
export function deskSettings(overrides: Partial<DeskSettings> = {}): DeskSettings {
  return {
    dispositions,
    reasons,
    breakReasons,
    wrapUpLimitMs: 60_000,
    defaultRegion: 'RU',
    embeddedStore: false,
    simulated: false,
    ...overrides,
  };
}

/** Whether a path such as `billing/invoice` leads to a reason; an inner one counts too. */
export function isReason(tree: readonly ReasonNode[], path: string): boolean {
  const [id, ...rest] = path.split('/');
  const found = tree.find((candidate) => candidate.id === id);
  if (found === undefined) return false;
  return rest.length === 0 || isReason(found.children, rest.join('/'));
}
