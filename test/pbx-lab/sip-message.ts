/** The value of a SIP header, empty when it is not there. */
export function header(message: string, name: string): string {
  return new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im').exec(message)?.[1]?.trim() ?? '';
}

/** All values of a repeated header, as whole lines. */
export function headerLines(message: string, name: string): string[] {
  return message.match(new RegExp(`^${name}:.*$`, 'gim')) ?? [];
}

export const tagOf = (value: string): string | undefined => /;tag=([^;>\s]+)/.exec(value)?.[1];
export const uriOf = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value;
/** 0 for a request. */
export const statusOf = (message: string): number => Number(/^SIP\/2\.0 (\d+)/.exec(message)?.[1] ?? 0);
export const methodOf = (message: string): string => message.split(' ')[0] ?? '';
