"""jupyter_kernel_test with every sample that applies to the kernel. LYCEUM_TEST_KERNEL names the kernelspec under test."""

import os
import unittest

import jupyter_kernel_test

NAME = os.environ["LYCEUM_TEST_KERNEL"]


class LyceumTests(jupyter_kernel_test.KernelTests):
    kernel_name = NAME
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "'a'.charCode", "matches": {"charCodeAt"}},
    ]
    complete_code_samples = ["1", "const a: number = 1", "function f() { return 1 }", "await Promise.resolve(1)"]
    incomplete_code_samples = ["function f() {", "const a = [1,", "`open", "if (true) {"]
    invalid_code_samples = ["const = 1", "let 1a = 2", ")"]
    code_page_something = "page('a long text')"
    code_generate_error = "throw new Error('expected')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "[1, 2]", "result": "[ 1, 2 ]"},
    ]
    code_display_data = [
        {"code": "display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>1</b>', 'text/plain': '1' }) })", "mime": "text/html"},
    ]
    code_history_pattern = "6 ?*7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "console.log"
    code_clear_output = "clear()"


class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = NAME
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
