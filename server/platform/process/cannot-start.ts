/** What keeps the server from starting and a person can put right: one line that says what to do. */
export class CannotStart extends Error {}
