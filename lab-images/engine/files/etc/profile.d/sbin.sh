# runc, iptables and service are what a lab is about: found without sudo too.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
