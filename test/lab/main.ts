import { LabError } from './system/lab-error.ts';
import { enterSandbox, isFirstInside, prepareSandbox } from './sandbox.ts';
import { runInClient } from './commands/exec.ts';
import { listScenarios } from './commands/list.ts';
import { runInSandbox } from './commands/sandbox.ts';
import { checkScenarios } from './commands/scenarios.ts';

const usage = `usage: npm run lab -- COMMAND

  exec SCENARIO -- PROGRAM [ARGUMENT...]   run a program in the client of the censored network
  scenarios [--only ID,ID] [--json]        run the check in every scenario and compare with the expected report
  list                                     the scenarios
  sandbox -- PROGRAM [ARGUMENT...]         run a program in the empty private sandbox, where tests build labs
`;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || command === '--help') {
    process.stdout.write(usage);
    return command === undefined ? 2 : 0;
  }
  if (command === 'list') return listScenarios();
  if (!isFirstInside()) return enterSandbox(process.argv[1] ?? '', args);
  await prepareSandbox();
  if (command === 'exec') return runInClient(rest);
  if (command === 'scenarios') return checkScenarios(rest);
  if (command === 'sandbox') return runInSandbox(rest);
  throw new LabError('usage', `Unknown command ${command}.\n${usage}`);
}

try {
  // Inside, open channels would keep the process alive; the sandbox ends with it.
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  process.stderr.write(`lab: ${error.message}\n`);
  process.exit(error.code === 'usage' ? 2 : 1);
}
