// A report routed, looked after and closed, with a key, safe to send again.
//     LIANDONG_KEY=ld_… node with_key.mjs http://localhost:8080
const service = process.argv[2];
const report = { id: "SC-2026-000801", reportedAt: "2026-09-07T09:00:00+08:00", source: "GRID",
                 area: "330102001051", text: "小区门口路灯不亮" };
const known = { incident: report, events: [] };

async function ask(question, now, facts = {}) {
  const headers = { "Content-Type": "application/json", "Accept-Language": "en",
                    "Authorization": `Bearer ${process.env.LIANDONG_KEY}`, "Idempotency-Key": crypto.randomUUID() };
  const body = JSON.stringify({ ...known, ...facts, now });
  for (let attempt = 1; ; attempt++) {
    let response, answer;
    try {
      response = await fetch(`${service}/v1/${question}`,
                             { method: "POST", headers, body, signal: AbortSignal.timeout(30_000) });
      answer = await response.json();
    } catch (broken) { // the connection, or nothing for too long
      if (attempt === 5) throw broken;
    }
    if (response?.ok && answer) {
      Object.assign(known, answer.next);
      known.events.push(...(answer.events ?? []));
      console.log(question, answer.outcome);
      return answer;
    }
    const wait = answer ? response.headers.get("Retry-After") : attempt;
    if (!wait || attempt === 5) {
      answer.problems.forEach(each => console.log(question, each.code, each.pointer ?? each.at));
      console.error(answer.problems.map(each => each.message + " " + (each.help ?? "")).join("\n"));
      return answer;
    }
    await new Promise(done => setTimeout(done, 1000 * wait)); // then the same request, under the same key
  }
}

await ask("routing", "2026-09-07T09:00:00+08:00", { incident: { ...report, area: "nowhere" } });
await ask("routing", "2026-09-07T09:00:00+08:00");
known.events.push({ kind: "ACCEPTED", at: "2026-09-07T10:00:00+08:00" });
await ask("escalation", "2026-09-07T10:00:00+08:00");
known.events.push({ kind: "STAGE_DONE", stage: known.stages?.[0].name, at: "2026-09-08T11:00:00+08:00" });
const handling = { concludedAt: "2026-09-08T11:30:00+08:00", proofs: ["现场照片", "联系群众"] };
const { followUp } = await ask("closure", "2026-09-08T12:00:00+08:00", { handling });
await ask("closure", "2026-09-09T10:00:00+08:00",
          { handling, followUp: { ...followUp, at: "2026-09-09T09:30:00+08:00", satisfaction: "满意" } });
