# For deploy/install --machine store, which reads it: PostgreSQL and Valkey (or Redis) on a machine of their own, set as the
# files beside this one say. The passwords are made here, and stand in the addresses that the first work machine is brought.
settings=("$several/postgresql.conf" "$several/valkey.conf")
shipped=10.80.0.10    # the machine's address in these files; the others share its first three numbers
keys=redis postgresql=15 main=""
of_this_debian() {    # asked once: where apt keeps no index, each question has it read all that Debian has
    local said; said=$(apt-cache depends postgresql valkey-server 2>/dev/null || true)
    ! grep -qx valkey-server <<< "$said" || keys=valkey
    postgresql=$(sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' <<< "$said" | head -n 1)
    main=$root/etc/postgresql/${postgresql:=15}/main
}
at_address() { sed "s/${shipped%.*}\./${address%.*}./g; s/${address%.*}\.${shipped##*.}/$address/g" "$1"; }

made() {    # made TO MODE OWNER COMMAND...: follows what is shipped, for this address
    local to=$1 mode=$2 owner=$3; shift 3
    cmp -s <("$@" 2>/dev/null) "$to" || does "write $to" write_made "$to" "$mode" "$owner" "$@"
}
write_made() {
    local to=$1 mode=$2 owner=$3; shift 3
    mkdir -p "$(dirname "$to")"; "$@" > "$to.new"; chmod "$mode" "$to.new"; owned "$owner" "$to.new"; mv "$to.new" "$to"
}
let_in() {    # who may come to PostgreSQL, below what Debian says
    at_address "${settings[0]}" | sed -n 's/^# *\(hostssl .*\)/\1/p' >> "$main/pg_hba.conf"
}
is_let_in() { grep -qF "$(at_address "${settings[0]}" | sed -n 's/^# *\(hostssl .*\)/\1/p' | head -n 1)" "$main/pg_hba.conf" 2>/dev/null; }
of_keys() {
    at_address "${settings[1]}" | sed "s|/etc/valkey|/etc/$keys|"
    echo "dir /var/lib/$keys"
}
password() { sed 's|.*://[^:]*:||; s|@.*||' "$etc/secrets/$1"; }
who_may_come() { printf 'user default on #%s ~* &* +@all\n' "$(printf %s "$(password PREFECT_REDIS_MESSAGING_URL)" | sha256sum | cut -c1-64)"; }

REVIEWFLOW_DATABASE() { echo "postgresql://reviewflow:$(at_random)@$address/reviewflow?sslmode=require"; }
PREFECT_SERVER_DATABASE_CONNECTION_URL() { echo "postgresql+asyncpg://prefect:$(at_random)@$address/prefect?ssl=require"; }
PREFECT_REDIS_MESSAGING_URL() { echo "redis://default:$(at_random)@$address:6379/0"; }
PREFECT_SERVER_DOCKET_URL() { sed 's|/0$|/1|' "$etc/secrets/PREFECT_REDIS_MESSAGING_URL"; }

asked() { (cd / && runuser -u postgres -- psql -tAqc "$1" 2>/dev/null); }
make_owner() { (cd / && printf "create role %s login password '%s'" "$1" "$(password "$2")" | runuser -u postgres -- psql -q); }
make_database() { (cd / && runuser -u postgres -- createdb --owner "$1" "$1"); }
owner_and_database() {    # NAME SECRET
    [ "$(asked "select 1 from pg_roles where rolname = '$1'")" = 1 ] || does "make database user $1" make_owner "$@"
    [ "$(asked "select 1 from pg_database where datname = '$1'")" = 1 ] || does "make database $1" make_database "$1"
}
start() {
    systemctl daemon-reload
    systemctl enable -q postgresql "$keys-server"
    systemctl restart postgresql "$keys-server"
    for _ in $(seq 60); do [ "$(asked "select 1")" != 1 ] || return 0; sleep 1; done
    echo "PostgreSQL does not answer: journalctl -u postgresql@$postgresql-main"; exit 1
}

within() { printf 'local   all        postgres                  peer\n'; at_address "${settings[0]}" | sed -n 's/^# *\(hostssl .*\)/\1/p'; }
in_a_container() {    # Debian's own settings say where these are; an image knows no such place
    at_address "${settings[0]}"
    printf "ssl_cert_file = '/etc/postgresql/server.crt'\nssl_key_file = '/etc/postgresql/server.key'\n"
}
owners_and_databases() {
    printf "create role reviewflow login password '%s';\ncreate database reviewflow owner reviewflow;\n" "$(password REVIEWFLOW_DATABASE)"
    printf "create role prefect login password '%s';\ncreate database prefect owner prefect;\n" "$(password PREFECT_SERVER_DATABASE_CONNECTION_URL)"
}
keys_in_a_container() { cat <(at_address "${settings[1]}") <(echo "dir /data"); }
certificate() {    # PostgreSQL's own: whoever comes with sslmode=require asks for no authority
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$address" -keyout "$1/server.key" -out "$1/server.crt" 2>/dev/null
}
settings_here() { sed "s/^REVIEWFLOW_HERE=.*/REVIEWFLOW_HERE=$address/" "$several/settings.env"; }
for_containers() {    # what compose.yaml names; PostgreSQL's part belongs to user 999 of its image
    folder "$etc/postgresql" 700 root:root
    made "$etc/postgresql/postgresql.conf" 600 root:root in_a_container
    made "$etc/postgresql/pg_hba.conf" 600 root:root within
    made "$etc/postgresql/databases.sql" 600 root:root owners_and_databases
    [ -e "$etc/postgresql/server.key" ] || does "make a certificate in $etc/postgresql" certificate "$etc/postgresql"
    folder "$root/var/valkey" 700 root:root
    folder "$etc/valkey" 700 root:root
    made "$etc/valkey/valkey.conf" 600 root:root keys_in_a_container
    made "$etc/valkey/users.acl" 600 root:root who_may_come
    ours "$several/prefect.env" "$etc/prefect.env"
    [ -e "$etc/settings.env" ] || does "write $etc/settings.env" write_made "$etc/settings.env" 644 root:root settings_here
}

the_store() {
    if ! [[ $address =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ ]]; then
        echo "--address is that of this machine, such as $shipped, not: $address"; exit 2
    fi
    of_this_debian
    local names="REVIEWFLOW_DATABASE PREFECT_SERVER_DATABASE_CONNECTION_URL PREFECT_REDIS_MESSAGING_URL PREFECT_SERVER_DOCKET_URL"
    packages="postgresql postgresql-contrib $keys-server"
    [ -n "$root" ] || debian_packages
    folder "$etc" 755 root:root
    folder "$etc/secrets" 700 root:root
    for name in $names; do secret "$name" "$name"; done
    made "$main/conf.d/reviewflow.conf" 644 root:root at_address "${settings[0]}"
    is_let_in || does "let the machines into $main/pg_hba.conf" let_in
    made "$root/etc/$keys/$keys.conf" 640 "root:$keys" of_keys
    made "$root/etc/$keys/users.acl" 640 "root:$keys" who_may_come
    ours "$one/systemd/postgresql.conf" "$units/postgresql@.service.d/reviewflow.conf"
    for name in postgresql@ "$keys-server"; do
        ours "$several/systemd/reached.conf" "$units/$name.service.d/reached.conf"
    done
    [ -z "$root" ] || for_containers
    if [ -z "$root" ]; then
        [ "$changed" = 0 ] || does "start PostgreSQL and $keys-server anew" start
        owner_and_database reviewflow REVIEWFLOW_DATABASE
        owner_and_database prefect PREFECT_SERVER_DATABASE_CONNECTION_URL
    fi
    if [ "$changed" = 0 ]; then echo "Nothing to change."
    elif [ -z "$dry" ]; then echo "Next: bring to the first work machine, from $etc/secrets, as root's alone: $names"; fi
}
