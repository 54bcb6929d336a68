export { sessionApi } from '@ringdesk/shared/user';
export { welcomeApi } from '@ringdesk/shared/welcome';
