// Asks for decisions with the generated client: the route and the request, a line each, from standard input.
import { DecisionsApi } from './apis/DecisionsApi';
import { Configuration } from './runtime';
import * as models from './models/index';

declare const process: { argv: string[]; stdout: { write(text: string): void }; exitCode: number };
declare function require(name: string): { readFileSync(file: number, encoding: string): string };

async function main(): Promise<void> {
    const decisions = new DecisionsApi(new Configuration({ basePath: process.argv[2] }));
    const lines = require('fs').readFileSync(0, 'utf8').trimEnd().split('\n');
    for (let i = 0; i < lines.length; i += 2) {
        const request = JSON.parse(lines[i + 1]);
        let answer: unknown;
        switch (lines[i]) {
            case 'routing':
                answer = models.RoutingAnswerToJSON(
                    await decisions.decideRouting({ routingRequest: models.RoutingRequestFromJSON(request) }));
                break;
            case 'escalation':
                answer = models.EscalationAnswerToJSON(
                    await decisions.decideEscalation({ escalationRequest: models.EscalationRequestFromJSON(request) }));
                break;
            case 'closure':
                answer = models.ClosureAnswerToJSON(
                    await decisions.decideClosure({ closureRequest: models.ClosureRequestFromJSON(request) }));
                break;
            case 'scoring':
                answer = models.ScoringAnswerToJSON(
                    await decisions.decideScoring({ scoringRequest: models.ScoringRequestFromJSON(request) }));
                break;
            default:
                answer = models.PeriodScoringAnswerToJSON(
                    await decisions.decidePeriodScoring({ periodScoringRequest: models.PeriodScoringRequestFromJSON(request) }));
        }
        process.stdout.write(JSON.stringify(answer) + '\n');
    }
}

main().catch(async (error) => {
    process.stdout.write(String(error) + ' ' + (error.response ? await error.response.text() : error.stack) + '\n');
    process.exitCode = 1;
});
