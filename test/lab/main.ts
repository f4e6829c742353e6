import { LabError } from './system/lab-error.ts';
import { enterSandbox, isFirstInside, prepareSandbox } from './sandbox.ts';
import { runInClient } from './commands/exec.ts';
import { listScenarios } from './commands/list.ts';
import { checkOpenNetworks } from './commands/open-runs.ts';
import { runInSandbox } from './commands/sandbox.ts';
import { checkScenarios } from './commands/scenarios.ts';

const usage = `usage: npm run lab -- COMMAND

  exec SCENARIO -- PROGRAM [ARGUMENT...]   run a program in the client of the censored network
  scenarios [--only ID,ID] [--json]        run the check in every scenario and compare with the expected report
  open-runs [--runs N] [--seed S] [--json] run the check in open networks of every quality; it must not cry wolf
  list                                     the scenarios
  sandbox -- PROGRAM [ARGUMENT...]         run a program in the empty private sandbox, where tests build labs
`;

/** What runs inside the sandbox; each returns an exit code. */
const inside: Record<string, ((args: readonly string[]) => Promise<number>) | undefined> = {
  exec: runInClient,
  scenarios: checkScenarios,
  'open-runs': checkOpenNetworks,
  sandbox: runInSandbox,
};

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || command === '--help') {
    process.stdout.write(usage);
    return command === undefined ? 2 : 0;
  }
  if (command === 'list') return listScenarios();
  const run = inside[command];
  if (run === undefined) throw new LabError('usage', `There is no command ${command}.\n${usage}`);
  if (!isFirstInside()) return enterSandbox(process.argv[1] ?? '', args);
  await prepareSandbox();
  return run(rest);
}

try {
  // Inside, open channels would keep the process alive; the sandbox ends with it.
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  process.stderr.write(`lab: ${error.message}\n`);
  process.exit(error.code === 'usage' ? 2 : 1);
}
