import { coversName, type ForgedAnswer, type NameRule } from '../censor/censor.ts';
import {
  answerHonestly,
  recordTypes,
  responseCodes,
  writeAnswer,
  type Question,
  type Zone,
} from '../system/dns-message.ts';

/** What the ISP's resolver says to a question; undefined: nothing at all. */
export function answerAsTold(rules: readonly NameRule[], zone: Zone, question: Question): Buffer | undefined {
  const rule = rules.find(
    ({ names, family }) =>
      coversName(names, question.name) && (family === undefined || recordTypes[family] === question.type),
  );
  if (rule === undefined) return answerHonestly(zone, question);
  switch (rule.answer) {
    case 'silence':
      return undefined;
    case 'empty':
      return writeAnswer(question, responseCodes.ok, []);
    case 'nxdomain':
    case 'servfail':
    case 'refused':
      return writeAnswer(question, responseCodes[rule.answer], []);
    default:
      return answerForged(rule.answer, question);
  }
}

/** Addresses of the asked family as the forger wants them. */
export function answerForged(forged: ForgedAnswer, question: Question): Buffer {
  if (question.type === recordTypes.A) return writeAnswer(question, responseCodes.ok, forged.v4);
  if (question.type === recordTypes.AAAA) return writeAnswer(question, responseCodes.ok, forged.v6);
  return writeAnswer(question, responseCodes.ok, []);
}
