/**
 * The scripts that make a shell complete. Each hands the words so far to `eventbus-bench completion <shell> -- words`
 * and reads lines: a word with a tab and its description, and last `:files`, `:folders` or `:none` for what names of the
 * file system may stand there too.
 */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** Readline breaks words at `:`, `=` and `@`, and replaces only what is behind the last of them. Runs on bash 3.2. */
const bash = `# bash completion for eventbus-bench
_eventbus_bench() {
  local line="\${COMP_LINE:0:COMP_POINT}" word prefix="" mark upto reply path paths=:none
  local -a words=()
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  word="\${words[\${#words[@]}-1]}"
  for mark in : = @; do
    if [[ $COMP_WORDBREAKS == *"$mark"* && $word == *"$mark"* ]]; then
      upto="\${word%"\${word##*"$mark"}"}"
      (( \${#upto} > \${#prefix} )) && prefix="$upto"
    fi
  done
  COMPREPLY=()
  while IFS= read -r reply; do
    case "$reply" in
      :files | :folders | :none) paths="$reply" ;;
      *)
        reply="\${reply%%$'\\t'*}"
        COMPREPLY+=("\${reply#"$prefix"}")
        ;;
    esac
  done < <("$1" completion bash -- "\${words[@]:1}" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[=:@+] ]]; then
    compopt -o nospace 2>/dev/null
  fi
  [[ $paths == :none ]] && return
  path="\${word#"$prefix"}"
  compopt -o filenames 2>/dev/null
  while IFS= read -r reply; do
    COMPREPLY+=("$reply")
  done < <(if [[ $paths == :folders ]]; then compgen -d -- "$path"; else compgen -f -- "$path"; fi)
}
complete -F _eventbus_bench eventbus-bench
`;

const zsh = `#compdef eventbus-bench
# zsh completion for eventbus-bench
_eventbus_bench() {
  local reply word paths=:none
  local -a plain shown open
  while IFS= read -r reply; do
    case "$reply" in
      :files | :folders | :none) paths="$reply" ;;
      *)
        word="\${reply%%$'\\t'*}"
        if [[ "$word" == *[=:@+] ]]; then
          open+=("$word")
        else
          plain+=("$word")
          shown+=("$word  \${reply#*$'\\t'}")
        fi
        ;;
    esac
  done < <("\${words[1]}" completion zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( \${#plain} )) && compadd -l -d shown -a plain
  (( \${#open} )) && compadd -S '' -a open
  [[ "$paths" == :none ]] && return
  [[ "$PREFIX" == --*=* ]] && compset -P '*='
  if [[ "$paths" == :folders ]]; then _files -/; else _files; fi
}
if [[ "\${funcstack[1]}" == _eventbus_bench || "\${funcstack[1]}" == _eventbus-bench ]]; then
  _eventbus_bench "$@"
else
  compdef _eventbus_bench eventbus-bench
fi
`;

const fish = `# fish completion for eventbus-bench
function __eventbus_bench_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l name $words[1]
    set -e words[1]
    for reply in ($name completion fish -- $words "$word" 2>/dev/null)
        switch $reply
            case :files
                __fish_complete_path (string replace -r '^--[\\w-]+=' '' -- $word)
            case :folders
                __fish_complete_directories (string replace -r '^--[\\w-]+=' '' -- $word)
            case :none
            case '*'
                echo $reply
        end
    end
end
complete -c eventbus-bench -f -a '(__eventbus_bench_complete)'
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
