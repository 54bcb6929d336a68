import { Command } from 'commander';
import { loadConfig } from '../../config/index.ts';
import { CannotStart } from '../../platform/process/cannot-start.ts';
import { exitCode, Failure } from '../exit.ts';

export function backupCommand(): Command {
  return new Command('backup')
    .description('Copies all that is in the database into a new folder; also beside a server that runs.')
    .argument('<folder>', 'empty, or not there yet; it will hold numbers, notes and password hashes')
    .action(async (folder: string) => {
      const { backUp } = await import('../backup/backup.ts');
      const { collections } = await backUp(loadConfig(process.env), folder);
      for (const { name, documents } of collections) console.log(`${name}\t${documents}`);
      console.log(`The backup is whole: ${folder}`);
    });
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Brings a backup back, while Ringdesk is stopped.')
    .argument('<folder>', 'made by ringdesk backup')
    .option('--replace', 'in place of what is in the database now')
    .action(async (folder: string, flags: { replace?: boolean }) => {
      const { restore } = await import('../backup/restore.ts');
      try {
        const { collections, at } = await restore(loadConfig(process.env), folder, flags.replace === true);
        for (const { name, documents } of collections) console.log(`${name}\t${documents}`);
        console.log(
          `The database is as it was at ${at}; calls since then come from the journal at the next start.`,
        );
      } catch (error) {
        if (error instanceof CannotStart) throw new Failure(exitCode.wrongConfig, error.message);
        throw error;
      }
    });
}
