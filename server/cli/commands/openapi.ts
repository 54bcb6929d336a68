import { Command } from 'commander';

export function openapiCommand(): Command {
  return new Command('openapi')
    .description(
      'Prints the description of the API, OpenAPI 3.1. The running server gives the same at /api/openapi.json.',
    )
    .action(async () => {
      const [{ api }, { describeApi }] = await Promise.all([
        import('@ringdesk/shared/api'),
        import('../../platform/api/index.ts'),
      ]);
      console.log(JSON.stringify(describeApi(api), null, 2));
    });
}
