# Interactive shells of a sandbox.
case $- in *i*) ;; *) return ;; esac
HISTCONTROL=ignoredups
shopt -s checkwinsize
if [ "$(id -u)" = 0 ]; then PS1='\[\e[1;31m\]\u@\h\[\e[0m\]:\[\e[34m\]\w\[\e[0m\]# '
else PS1='\[\e[1;32m\]\u@\h\[\e[0m\]:\[\e[34m\]\w\[\e[0m\]$ '; fi
alias ls='ls --color=auto' ll='ls -l' grep='grep --color=auto'
[ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
