"""Forty-one questions a notebook user would put to a kernel. Each gives True or False; an exception is False; None: does not apply to the language."""
import json, os, signal, time
from client import ended, kinds, result, shown, streamed

CHECKS = []


def check(function):
    CHECKS.append((function.__name__.replace("_", " "), function))
    return function


def ok(reply): return bool(reply) and reply["content"]["status"] == "ok"
def failed(reply): return bool(reply) and reply["content"]["status"] == "error"
def works(k, p): return shown(k.run(p["one"], timeout=6)[1]) == "2"
def one_error(messages): return len(kinds(messages, "error")) == 1 and ended(messages)


@check
def kernel_info_names_language_and_protocol(k, p): return {"protocol_version", "language_info", "banner", "implementation", "status"} <= set(k.info)
@check
def kernel_info_answers_on_control(k, p): return k.ask("kernel_info_request", {}, "control", 3) is not None
@check
def heartbeat_beats(k, p):
    deadline = time.monotonic() + 5
    while not k.client.hb_channel.is_beating() and time.monotonic() < deadline:
        time.sleep(0.1)
    return k.client.hb_channel.is_beating()
@check
def busy_and_idle_wrap_every_request(k, p):
    request = k.send("is_complete_request", {"code": p["complete"]})
    return [m["content"]["execution_state"] for m in k.until_idle(request, 3) if m] == ["busy", "idle"]
@check
def a_value_comes_as_execute_result(k, p): return result(k.run(p["one"])[1]) == "2"
@check
def execute_input_is_published(k, p): return len(kinds(k.run(p["one"])[1], "execute_input")) == 1
@check
def printed_text_arrives(k, p): return "hello" in streamed(k.run(p["print"]("hello"))[1])
@check
def standard_error_arrives(k, p): return "to stderr" in streamed(k.run(p["stderr"])[1], "stderr")
@check
def an_error_is_one_error_message(k, p):
    reply, messages = k.run(p["throw"])
    return failed(reply) and one_error(messages) and "boom" in kinds(messages, "error")[0]["content"]["evalue"]
@check
def the_error_reply_has_its_fields(k, p):
    content = k.run(p["throw"])[0]["content"]
    return {"ename", "evalue", "traceback", "execution_count"} <= set(content) and "boom" in content["evalue"]
@check
def a_syntax_error_is_one_error_message(k, p): return one_error(k.run(p["syntax"])[1])
@check
def silent_says_nothing(k, p):
    messages = k.run(p["one"], silent=True, store_history=False)[1]
    return ended(messages) and not [m for m in messages if m["msg_type"] != "status"]
@check
def store_history_false_does_not_count(k, p):
    before = k.run(p["one"])[0]["content"]["execution_count"]
    k.run(p["one"], store_history=False)
    return k.run(p["one"])[0]["content"]["execution_count"] == before + 1
@check
def user_expressions_are_answered(k, p):
    answer = k.run(p["one"], user_expressions={"sum": "2 + 3", "bad": "nowhere.at.all"})[0]["content"].get("user_expressions", {})
    return answer["sum"]["data"]["text/plain"] == "5" and answer["bad"]["status"] == "error"
@check
def cells_queued_behind_an_error_do_not_run(k, p):
    slow = k.execute(p["sleep"](0.5) + "\n" + p["throw"])
    late = k.execute(p["print"]("must not"))
    messages = k.until_idle(slow, 10) + k.until_idle(late, 10)
    return "must not" not in streamed(messages) and ended(messages)
@check
def a_cell_sent_after_an_error_runs(k, p):
    k.run(p["throw"])
    return works(k, p)
@check
def stop_on_error_false_lets_the_queue_run(k, p):
    slow = k.execute(p["throw"], stop_on_error=False)
    late = k.execute(p["print"]("runs"))
    k.until_idle(slow, 10)
    return "runs" in streamed(k.until_idle(late, 10))
@check
def is_complete_knows_complete_incomplete_and_invalid(k, p):
    return [k.ask("is_complete_request", {"code": p[kind]}, timeout=3)["content"]["status"] for kind in ("complete", "incomplete", "syntax")] == ["complete", "incomplete", "invalid"]
@check
def members_are_completed(k, p):
    code, want = p["member"]
    content = k.ask("complete_request", {"code": code, "cursor_pos": len(code)}, timeout=10)["content"]
    return any(want in match for match in content["matches"]) and content["cursor_end"] == len(code)
@check
def positions_hold_after_astral_characters(k, p):
    code, want = p["astral"]
    content = k.ask("complete_request", {"code": code, "cursor_pos": len(code)}, timeout=10)["content"]
    return any(want in match for match in content["matches"]) and content["cursor_end"] == len(code) and code[content["cursor_start"]:] in ("ma", ".ma", "co", ".co", "[1].ma", "[1].co")
@check
def hover_says_what_a_name_is(k, p):
    code, want = p["hover"]
    content = k.ask("inspect_request", {"code": code, "cursor_pos": len(code), "detail_level": 0}, timeout=10)["content"]
    return content["found"] and want in json.dumps(content["data"])
@check
def history_gives_the_last_cells(k, p):
    k.run(p["set"])
    content = k.ask("history_request", {"hist_access_type": "tail", "n": 1, "output": False, "raw": True}, timeout=3)["content"]
    return content["history"][-1][2] == p["set"]
@check
def history_is_searched(k, p):
    content = k.ask("history_request", {"hist_access_type": "search", "pattern": "*kept*", "n": 5, "output": False, "raw": True}, timeout=3)["content"]
    return len(content["history"]) >= 1
@check
def comm_info_is_answered(k, p): return isinstance(k.ask("comm_info_request", {}, timeout=3)["content"]["comms"], dict)
@check
def a_comm_to_an_unknown_target_is_closed(k, p):
    request = k.send("comm_open", {"comm_id": "c0ffee", "target_name": "nobody", "data": {}})
    messages = k.until_idle(request, 3)
    return len(kinds(messages, "comm_close")) == 1 and ended(messages)
@check
def input_is_asked_and_answered(k, p):
    request = k.execute(p["input"], allow_stdin=True)
    ask = k.client.get_stdin_msg(timeout=5)
    k.client.input("Ada \U0001F600")
    return ask["content"]["prompt"].strip() == "name?" and "Ada \U0001F600" in (shown(k.until_idle(request, 5)) or "")
@check
def top_level_await_works(k, p): return shown(k.run(p["await"])[1]) == "42"
@check
def a_name_can_be_declared_again_as_another_kind(k, p):
    first, second, want = p["redeclare"]
    k.run(first)
    return want in (shown(k.run(second)[1]) or "")
@check
def a_type_error_stops_the_cell_before_it_acts(k, p):
    if not p["typeerror"]: return None
    reply, messages = k.run(p["typeerror"])
    return failed(reply) and one_error(messages) and "undefined" in (shown(k.run("// @ts-nocheck\n" + p["unset"])[1]) or "")
@check
def an_ESM_only_package_is_imported(k, p):
    if not p["esm"]: return None
    return "function" in (shown(k.run(p["esm"])[1]) or "")
@check
def five_thousand_lines_arrive_in_order_before_idle(k, p):
    return streamed(k.run(p["lines"])[1]) == "".join(p["line"](i) + "\n" for i in range(5000))
@check
def a_twelve_megabyte_result_arrives(k, p):
    reply, messages = k.run(p["big"])
    return ok(reply) and len(shown(messages) or "") > 1000
@check
def late_output_goes_to_the_cell_that_caused_it(k, p):
    request = k.execute(p["late"])
    k.until_idle(request, 5)
    k.run(p["one"])
    late = [m for m in k.drain(1.0) if m["msg_type"] == "stream" and "late" in m["content"]["text"]]
    return len(late) == 1 and late[0]["parent_header"]["msg_id"] == request
@check
def an_error_nobody_waits_for_is_told_and_survived(k, p):
    request = k.execute(p["reject"])
    messages = k.until_idle(request, 5) + k.drain(0.5)
    told = any("nobody waits" in json.dumps(m["content"]) for m in messages if m and m["msg_type"] in ("error", "stream"))
    return told and works(k, p)
@check
def runaway_recursion_is_an_error_and_survived(k, p):
    reply, messages = k.run(p["deep"])
    return failed(reply) and one_error(messages) and works(k, p)
@check
def the_kernel_answers_while_a_cell_runs(k, p):
    request = k.execute(p["sleep"](2) if p["await"].startswith("import") else "const until = Date.now() + 2000; while (Date.now() < until) {}")
    time.sleep(0.3)
    answered = k.ask("kernel_info_request", {}, "control", 1) is not None
    k.until_idle(request, 10)
    return answered
@check
def completion_answers_while_a_cell_runs(k, p):
    request = k.execute(p["sleep"](2) if p["await"].startswith("import") else "const again = Date.now() + 2000; while (Date.now() < again) {}")
    time.sleep(0.3)
    code, want = p["member"]
    reply = k.ask("complete_request", {"code": code, "cursor_pos": len(code)}, timeout=1)
    k.until_idle(request, 10)
    return reply is not None and any(want in match for match in reply["content"]["matches"])
@check
def a_forged_message_is_ignored(k, p):
    key, k.client.session.key = k.client.session.key, b"forged"
    k.execute(p["print"]("forged"))
    k.client.session.key = key
    time.sleep(0.3)
    return "forged" not in streamed(k.drain()) and works(k, p)
@check
def a_busy_loop_is_interrupted(k, p):
    k.run(p["set"])
    request = k.execute(p["forever"])
    time.sleep(0.5)
    k.manager.interrupt_kernel()
    return ended(k.until_idle(request, 3))
@check
def variables_survive_the_interrupt(k, p):
    k.run(p["set"])
    request = k.execute(p["forever"])
    time.sleep(0.5)
    k.manager.interrupt_kernel()
    return ended(k.until_idle(request, 3)) and shown(k.run(p["get"], timeout=6)[1]) == "42"
@check
def an_exiting_cell_is_told_and_the_next_cell_works(k, p):
    request = k.execute(p["exit"])
    messages = k.until_idle(request, 6)
    return ended(messages) and len(kinds(messages, "error")) == 1 and works(k, p)


def conform(kernel_factory, programs):
    """(passed, applicable, names of the failed). After a failure the kernel is started anew, so that one failure is one failure."""
    passed, applicable, missing, kernel = 0, 0, [], kernel_factory()
    for name, function in CHECKS:
        try:
            answer = function(kernel, programs)
        except Exception:
            answer = False
        if answer is None:
            continue
        applicable += 1
        passed += bool(answer)
        if not answer:
            missing.append(name)
            kernel.close()
            kernel = kernel_factory()
            kernel.run(programs["set"], timeout=6)
    kernel.close()
    return passed, applicable, missing
