import { Command } from 'commander';
import { loadConfig } from '../../config/index.ts';
import type { Finding } from '../doctor/index.ts';
import { exitCode } from '../exit.ts';

const signs: Record<Finding['verdict'], string> = { ok: '  ok  ', warning: ' warn ', failed: ' FAIL ' };

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Checks configuration, disk, port, database, and each PBX: logins, rights, clock. Says what to change where.',
    )
    .option('--json', 'one JSON object a finding and line')
    .action(async (flags: { json?: boolean }) => {
      const { examine } = await import('../doctor/index.ts');
      let bad = false;
      for await (const finding of examine(loadConfig(process.env))) {
        bad ||= finding.verdict === 'failed';
        if (flags.json) console.log(JSON.stringify(finding));
        else
          console.log(
            `[${signs[finding.verdict]}] ${finding.about}: ${finding.text}${finding.fix === null ? '' : `\n         → ${finding.fix}`}`,
          );
      }
      if (bad) process.exitCode = exitCode.rejects;
    });
}
