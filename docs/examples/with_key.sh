#!/bin/sh
# A report routed, looked after and closed, with a key, safe to send again: curl alone.
#     LIANDONG_KEY=ld_… sh with_key.sh http://localhost:8080
service=$1

# The question and its body; the same is sent again, under the same key, when the connection breaks or nothing comes, when
# the service is busy (--retry heeds Retry-After), and while the first copy is still being answered (KEY_IN_USE).
ask() {
    key=$(uuidgen 2> /dev/null || cat /proc/sys/kernel/random/uuid)
    for try in 1 2 3 4 5; do
        answer=$(curl -sS --retry 5 --retry-all-errors --max-time 30 "$service/v1/$1" -d "$2" \
            -H 'Content-Type: application/json' -H 'Accept-Language: en' \
            -H "Authorization: Bearer $LIANDONG_KEY" -H "Idempotency-Key: $key")
        case $answer in *'"KEY_IN_USE"'*) sleep "$try" ;; *) break ;; esac
    done
    case $answer in
        *'"problems":'*)
            echo "$1 $(first code "${answer#*\"problems\":}") $(first pointer "$answer")"
            echo "$answer" >&2 ;;
        *) echo "$1 $(first outcome "$answer")" ;;
    esac
}

# The first member of a name; a shell reads no JSON, and this is enough to tell what happened.
first() { echo "$2" | grep -o "\"$1\":\"[^\"]*\"" | head -1 | cut -d '"' -f 4; }

report='"id": "SC-2026-000801", "reportedAt": "2026-09-07T09:00:00+08:00", "source": "GRID", "text": "小区门口路灯不亮"'
ask routing '{"incident": {'"$report"', "area": "nowhere"}, "now": "2026-09-07T09:00:00+08:00"}'
ask routing '{"incident": {'"$report"', "area": "330102001051"}, "now": "2026-09-07T09:00:00+08:00"}'

# What the case has from here on; a program takes it from `next` of the answer.
case='"incident": {'"$report"', "area": "330102001051"}, "eventType": "路灯故障", "severity": "一般",
  "urgency": "一般", "lead": "清波街道", "assignedAt": "2026-09-07T09:00:00+08:00", "stages": [{"order": 1, "name": "修复",
  "limit": "3 工作日", "start": "2026-09-07T09:00:00+08:00", "due": "2026-09-10T17:30:00+08:00"}]'
events='{"kind": "ACCEPTED", "at": "2026-09-07T10:00:00+08:00"}'
ask escalation '{'"$case"', "events": ['"$events"'], "now": "2026-09-07T10:00:00+08:00"}'
events="$events"', {"kind": "STAGE_DONE", "stage": "修复", "at": "2026-09-08T11:00:00+08:00"}'
done='"handling": {"concludedAt": "2026-09-08T11:30:00+08:00", "proofs": ["现场照片", "联系群众"]}'
ask closure '{'"$case"', "events": ['"$events"'], '"$done"', "now": "2026-09-08T12:00:00+08:00"}'
asked=$(echo "$answer" | sed 's/.*"followUp":{\(.*\)},"nextReviewAt".*/\1/')
asked='"followUp": {'"$asked"', "at": "2026-09-09T09:30:00+08:00", "satisfaction": "满意"}'
ask closure '{'"$case"', "events": ['"$events"'], '"$done, $asked"', "now": "2026-09-09T10:00:00+08:00"}'
