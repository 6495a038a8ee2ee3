#!/usr/bin/env bash
# Walks the main job against a running demo: a failing test, a refused retest, a repair, a pass, the history.
#
#   cargo run -- demo > demo.env      (in another shell; it goes on running)
#   scripts/demo_walk.sh demo.env
#
# Needs curl and jq. Prints one line for each step; stops with 1 at the first that is not what it should be.
set -euo pipefail

main() {
    # shellcheck source=/dev/null
    source "$1"
    local key accepted failed case refused repair passed history
    key=$(date +%s)
    S=$(token "${STATION:?is not in $1}")
    M=$(token "${SHOP:?is not in $1}")
    B=$(token "${BUREAU:?is not in $1}")
    # A car that the demo has not seen, older than on-board diagnosis and without a dynamometer method.
    PLATE="陕E·T${key: -4}" VIN="LSVAA418XE2${key: -6}"
    CAR=$(jq -n --arg plate "$PLATE" --arg vin "$VIN" '{plate: $plate, plate_kind: "small_car", vin: $vin,
        vehicle_type: "K33", use_nature: "non_operating", fuel: "A", gvm_kg: 1750, dyno_capable: false,
        registered_on: "2009-06-18", area: "610502"}')

    accepted=$(accept first)
    step "$PLATE is accepted" '.state == "registered" and (.limits | length) > 0' "$accepted" .acceptance_number
    failed=$(result "W-$key-1" 0.82 "$accepted")
    step 'idle CO of 0.82 % fails' '.verdict == "fail" and .items[0].item == "idle_co"' "$failed" \
        '.items[0].explanation.zh'
    step 'a case is open' '.effect.effect == "case_opened"' "$failed" '"report \(.report_number), until \(.effect.deadline_on)"'
    step 'the repair notice is issued' '(.failing_items | length) == 1 and (.repair_shops | length) == 12' \
        "$(get "$S" "$(field "$failed" .repair_notice)")" .title
    refused=$(accept retest)
    step 'a retest without a repair is refused' '.status == 409 and .errors[0].code == "repair_missing"' "$refused" \
        '.errors[0].detail'

    case=$(post "$M" /v1/cases/look-ups "$(jq -n --arg plate "$PLATE" --arg vin "$VIN" \
        '{plate: $plate, plate_kind: "small_car", vin_tail: $vin[-6:]}')")
    step 'the shop finds the case' '.state == "failed"' "$case" .report_number
    C="/v1/vehicles/$(field "$case" .vehicle_id)/cases/$(field "$case" .case_id)"
    step 'the shop claims it' '.state == "repairing"' "$(post "$M" "$C/claims" '{}')" .state
    repair=$(post "$M" "$C/repairs" "$(jq -n --arg report "$(field "$case" .report_number)" --arg list "JS-$key" \
        --arg today "$TODAY" '{report_number: $report, settlement_number: $list, received_on: $today, mileage_km: 77015,
        findings: "三元催化器失效", items: [{name: "更换三元催化器", hours: 1.5}]}')")
    step 'the shop records the repair' '.state == "recorded"' "$repair" .record.findings
    step 'the shop closes it out' '.state == "completed"' \
        "$(post "$M" "$C/repairs/$(field "$repair" .repair_id)/completions" '{}')" .completed_at

    accepted=$(accept retest)
    step 'the retest is accepted' '.ground == "repair"' "$accepted" .acceptance_number
    passed=$(result "W-$key-2" 0.41 "$accepted")
    step 'the retest passes and closes the case' '.verdict == "pass" and .effect.effect == "case_closed"' "$passed" \
        .report_number
    history=$(get "$B" "$C/history")
    step 'the history reads from end to end' \
        '.case.state == "closed" and ([.entries[].event] | .[0] == "case_opened" and .[-1] == "case_closed")' \
        "$history" '"\(.entries | length) entries:"'
    jq -r '.entries[] | "    \(.at[:19])  \(.text)  \(.organisation // "")"' <<<"$history"
}

token() { curl -fsS "$H/oauth/token" -u "$1" -d grant_type=client_credentials | jq -r .access_token; }
get() { curl -sS "$H$2" -H "authorization: Bearer $1"; }
post() { curl -sS "$H$2" -H "authorization: Bearer $1" -H 'content-type: application/json' -d "$3"; }
field() { jq -r "$2" <<<"$1"; }

# Asks for the acceptance of the car: first or retest.
accept() {
    post "$S" /v1/acceptances "$(jq -n --arg nature "$1" --argjson car "$CAR" \
        '{line_code: "1", kind: "periodic", nature: $nature, method: "double_idle", vehicle: $car}')"
}

# Posts a result of three minutes: number, idle CO in percent, acceptance.
result() {
    post "$S" /v1/inspections "$(jq --arg number "$1" --argjson co "$2" '{station_number: $number, line_code: "1",
        acceptance_number, started_at: .accepted_at, ended_at: (.accepted_at[:19] + "Z" | fromdate + 180 | todate),
        odometer_km: 77010, readings: {method: "double_idle", idle: {co_percent: $co, hc_ppm: 64},
        high_idle: {co_percent: 0.21, hc_ppm: 38, lambda: 1.01}}}' <<<"$3")"
}

# One step: caption, what must hold, the answer, what of it to show.
step() {
    if ! jq -e "$2" <<<"$3" >/dev/null; then
        printf 'NO   %s: %s does not hold for\n%s\n' "$1" "$2" "$3" >&2
        exit 1
    fi
    printf 'yes  %s: %s\n' "$1" "$(jq -r "$4" <<<"$3")"
}

main "$@"
