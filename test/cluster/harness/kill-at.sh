# kill-at.sh, as BASH_ENV of one of the scripts: ends it by a signal at one of the commands that change something, as a
# power cut or a lost session would. KILL_AT is `NUMBER before|during SIGNAL`; with number 0 the commands are only counted,
# and listed in the file KILL_LIST.
# shellcheck shell=bash

# The shells that the script starts live on, as they would.
unset BASH_ENV
read -r kill_number kill_when kill_signal <<<"$KILL_AT"
kill_count=0
kill_list=${KILL_LIST:?}

# The verbs of the scripts that change something, here or on a node, and the programs with which they write their own files.
kill_here() {
  local command=$BASH_COMMAND
  # In the script's own process; and a call once, not again when the function begins.
  if ((BASH_SUBSHELL > 0)) || [[ ${FUNCNAME[1]:-} == run || ${FUNCNAME[1]:-} == doing ]]; then return 0; fi
  case $command in
    run\ * | doing\ * | rm\ * | mv\ * | mkdir\ * | mkfifo\ * | cp\ * | ': >'* | 'echo go'*) ;;
    *) return 0 ;;
  esac
  kill_count=$((kill_count + 1))
  if [[ $kill_number == 0 ]]; then
    printf '%s\t%s\n' "$kill_count" "${command//$'\n'/ }" >>"$kill_list"
  elif [[ $kill_count == "$kill_number" ]]; then
    printf '%s\t%s\n' "$kill_count" "${command//$'\n'/ }" >>"$kill_list"
    if [[ $kill_when == before ]]; then
      kill -s "$kill_signal" "$$"
    else
      (
        exec 9>&-
        sleep 0.15
        kill -s "$kill_signal" "$$"
      ) >/dev/null 2>&1 </dev/null &
    fi
  fi
}

set -o functrace
trap kill_here DEBUG
