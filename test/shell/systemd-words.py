"""Splits command lines of a unit file as systemd does, with the functions of its own library: quotes and escapes, then
specifiers, then variables (config_parse_exec and exec_command of systemd 252). Standard input is a JSON list of lines,
standard output a JSON list of lists of words."""
import ctypes
import glob
import json
import sys

paths = glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so") + glob.glob("/usr/lib/systemd/libsystemd-shared-*.so")
systemd = ctypes.CDLL(paths[0])
CUNESCAPE, UNQUOTE = 1 << 1, 1 << 5
string, strings = ctypes.c_char_p, ctypes.POINTER(ctypes.c_char_p)
systemd.extract_first_word.argtypes = [strings, strings, string, ctypes.c_int]
systemd.specifier_printf.argtypes = [string, ctypes.c_size_t, ctypes.c_void_p, string, ctypes.c_void_p, strings]
systemd.replace_env_argv.argtypes = [strings, strings]
systemd.replace_env_argv.restype = strings
no_specifiers = ctypes.create_string_buffer(64)


def words_of(line):
    rest, word, plain, words = string(line.encode()), string(), string(), []
    while True:
        found = systemd.extract_first_word(ctypes.byref(rest), ctypes.byref(word), None, UNQUOTE | CUNESCAPE)
        if found < 0:
            raise ValueError(f"systemd cannot split {line!r}")
        if found == 0:
            break
        if systemd.specifier_printf(word.value, 1 << 20, no_specifiers, None, None, ctypes.byref(plain)) < 0:
            raise ValueError(f"systemd cannot expand {word.value!r}")
        words.append(plain.value)
    argv, env = (string * (len(words) + 1))(*words, None), (string * 2)(b"HOME=expanded", None)
    expanded = systemd.replace_env_argv(argv, env)
    made = []
    while expanded[len(made)] is not None:
        made.append(expanded[len(made)].decode("utf-8", "surrogateescape"))
    return made


json.dump([words_of(line) for line in json.load(sys.stdin)], sys.stdout)
