import { sawt } from './sawt.mjs';

// Inside the lab: how long a check takes, as its report says, over the given number of rounds.

const durationsMs = [];
for (let round = 0; round < Number(process.argv[2]); round++) durationsMs.push((await sawt('check'))['durationMs']);
process.stdout.write(JSON.stringify({ durationsMs }));
