declare module 'asterisk-manager' {
  interface Manager {
    on(event: string, listener: (event: Record<string, unknown>) => void): void;
  }
  export default function createManager(
    port: number,
    host: string,
    username: string,
    password: string,
    events: boolean,
  ): Manager;
}
