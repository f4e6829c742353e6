import { addresses } from '../addresses.ts';
import { coversName, type InjectRule } from '../censor/censor.ts';
import { answerForged } from '../isp/resolver.ts';
import { serveOrders } from '../system/daemon.ts';
import { readQuestion } from '../system/dns-message.ts';
import { bindUdp } from '../system/sockets.ts';

// A machine beside the path: it gets a copy of every question to a foreign resolver and answers first, in its name.

let rule: InjectRule | undefined;
let bound = false;

serveOrders(async (order) => {
  rule = order as InjectRule;
  if (bound) return;
  await bindUdp(addresses.injector, 53, (query, asker, socket) => {
    const question = readQuestion(query);
    if (rule === undefined || question === undefined || !coversName(rule.names, question.name)) return;
    socket.send(answerForged(rule.answer, question), asker.port, asker.address);
  });
  bound = true;
});
