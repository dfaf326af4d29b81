#!/usr/bin/python3
"""Runs pcs as its own command would, once for each list of words on standard input (a JSON list of lists), in a child
of its own each time: the import of pcs, most of the time that a command takes, is paid once. Prints the messages of all
and ends with the status of the first that fails."""
import json
import os
import sys

from pcs import app

for words in json.load(sys.stdin):
    child = os.fork()
    if child == 0:
        sys.argv = ["/usr/sbin/pcs", *words]
        app.main(words)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status != 0:
        print("pcs", *words, file=sys.stderr)
        sys.exit(status)
