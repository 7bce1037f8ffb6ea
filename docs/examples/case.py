"""One case from the report to the score, by a program that keeps nothing but the case.

    python3 docs/examples/case.py http://localhost:8080
"""
# ———— the glue: all that a calling system has to write ————
import json, sys, urllib.request


def ask(question, **facts):
    sent = json.dumps({**case, **facts}).encode()
    post = urllib.request.Request(f"{sys.argv[1]}/v1/{question}", sent, {"Content-Type": "application/json"})
    answer = json.load(urllib.request.urlopen(post))
    case.update(answer.get("next", {}))
    case["events"] += answer.get("events", [])
    print(facts["now"][5:16], question, answer["outcome"], answer.get("reason", ""), answer.get("score", ""))
    return answer


def carry_out(answer, at):
    for action in answer["actions"]:
        case["events"].append({**action["event"], "at": at})
        case.update(action.get("next", {}))
        print(at[5:16], "  done:", action["action"], *[body["label"] for body in action["to"]])


# ———— the case: what happened, and when ————
# A citizen reports what no rule can place. A person at the centre calls back and decides.
case = {"incident": {"id": "SC-2026-000777", "reportedAt": "2026-09-07T09:00:00+08:00", "source": "PUBLIC",
                     "area": "330102001051", "text": "我要投诉，那个事情到现在都没有人管"}, "events": []}
ask("routing", now="2026-09-07T09:00:00+08:00")
case["incident"]["choice"] = {"by": "区社会治理中心", "eventType": "路灯故障", "lead": "区住房和城建局",
                              "reason": "回电问明是小区门口路灯不亮，道路尚未移交"}
ask("routing", now="2026-09-07T09:20:00+08:00")

# That body says it is not its duty; the centre does what the answer says.
case["events"] += [{"kind": "RETURNED", "at": "2026-09-07T10:00:00+08:00", "body": "区住房和城建局",
                    "reason": "不属本单位职责"}]
carry_out(ask("escalation", now="2026-09-07T10:05:00+08:00"), at="2026-09-07T10:10:00+08:00")

# The next one takes it, and lets time pass: the timer rings when the answer said.
case["events"] += [{"kind": "ACCEPTED", "at": "2026-09-07T10:30:00+08:00"},
                   {"kind": "CONTACTED", "at": "2026-09-07T11:00:00+08:00"}]
review = ask("escalation", now="2026-09-07T11:00:00+08:00")["nextReviewAt"]
carry_out(ask("escalation", now=review), at=review)

# It is done, and the citizen is asked, who is not content; it is done again.
case["events"] += [{"kind": "STAGE_DONE", "stage": "修复", "at": "2026-09-10T11:00:00+08:00"}]
handling = {"concludedAt": "2026-09-10T11:30:00+08:00", "proofs": ["现场照片", "联系群众"]}
asked = ask("closure", now="2026-09-10T11:30:00+08:00", handling=handling)["followUp"]
ask("closure", now="2026-09-11T10:00:00+08:00", handling=handling,
    followUp={**asked, "at": "2026-09-11T09:30:00+08:00", "satisfaction": "不满意", "cause": "主观原因"})
ask("escalation", now="2026-09-11T10:00:00+08:00")
case["events"] += [{"kind": "STAGE_DONE", "stage": "修复", "at": "2026-09-14T15:00:00+08:00"}]
handling = {"concludedAt": "2026-09-14T15:30:00+08:00", "proofs": ["现场照片", "联系群众"]}
asked = ask("closure", now="2026-09-14T15:30:00+08:00", handling=handling)["followUp"]
ask("closure", now="2026-09-15T10:00:00+08:00", handling=handling,
    followUp={**asked, "at": "2026-09-15T09:30:00+08:00", "satisfaction": "满意"})

# What the body that had it at last scores.
ask("scoring", now="2026-09-16T09:00:00+08:00")
