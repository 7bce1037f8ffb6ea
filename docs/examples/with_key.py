"""A report routed, looked after and closed, with a key, safe to send again.

    LIANDONG_KEY=ld_… python3 with_key.py http://localhost:8080
"""
import http.client, json, os, sys, time, urllib.error, urllib.request, uuid

report = {"id": "SC-2026-000801", "reportedAt": "2026-09-07T09:00:00+08:00", "source": "GRID",
          "area": "330102001051", "text": "小区门口路灯不亮"}
case = {"incident": report, "events": []}


def ask(question, **facts):
    headers = {"Content-Type": "application/json", "Accept-Language": "en", "Idempotency-Key": str(uuid.uuid4()),
               "Authorization": f"Bearer {os.environ['LIANDONG_KEY']}"}
    post = urllib.request.Request(f"{sys.argv[1]}/v1/{question}", json.dumps({**case, **facts}).encode(), headers)
    for attempt in range(5):
        try:
            answer = json.load(urllib.request.urlopen(post, timeout=30))
            case.update(answer.get("next", {}))
            case["events"] += answer.get("events", [])
            print(question, answer["outcome"])
            return answer
        except urllib.error.HTTPError as refused:
            told = json.load(refused)
            if "Retry-After" not in refused.headers:
                break
            time.sleep(int(refused.headers["Retry-After"]))  # then the same request, under the same key
        except (OSError, http.client.HTTPException):  # the connection broke, or nothing came for too long
            if attempt == 4:
                raise
            time.sleep(1 + attempt)
    for problem in told["problems"]:
        print(question, problem["code"], problem.get("pointer", problem.get("at")))
        print(problem["message"], problem.get("help", ""), file=sys.stderr)

ask("routing", now="2026-09-07T09:00:00+08:00", incident={**report, "area": "nowhere"})
ask("routing", now="2026-09-07T09:00:00+08:00")
case["events"].append({"kind": "ACCEPTED", "at": "2026-09-07T10:00:00+08:00"})
ask("escalation", now="2026-09-07T10:00:00+08:00")
case["events"].append({"kind": "STAGE_DONE", "stage": case["stages"][0]["name"], "at": "2026-09-08T11:00:00+08:00"})
handling = {"concludedAt": "2026-09-08T11:30:00+08:00", "proofs": ["现场照片", "联系群众"]}
asked = ask("closure", now="2026-09-08T12:00:00+08:00", handling=handling)["followUp"]
ask("closure", now="2026-09-09T10:00:00+08:00", handling=handling,
    followUp={**asked, "at": "2026-09-09T09:30:00+08:00", "satisfaction": "满意"})
