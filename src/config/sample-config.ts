/** What `config init` writes: every key with its meaning, all but the version commented out or harmless, and valid as it stands. */

export const sampleConfig: string = `# Configuration of vb365-siem. Every key has a safe default; what is commented out shows the form.
# Check it with: vb365-siem config check vb365-siem.yml
# Sizes: 64KiB 2GiB. Times: 60s 15m 12h 30d. Relative paths start at the folder of this file.
version: 1

# Folder of spool, checkpoints and memory of the daemon; replay and who do not use it.
# state: /var/lib/vb365-siem

# Further parser folders.
# parsers: [ ./my-parsers ]

# rules:
#   paths: [ builtin, ./my-rules ]          # builtin: the shipped pack
#   placeholders: { sensitive_terms: [ payroll, "board minutes" ] }

# What rules call new: nothing while a tenant is learned, then what was not seen for as long as the memory lasts.
# baseline: { memory: 30d, learning: 14d }

# Customers. Without any, every organisation found is its own tenant; with some, an organisation that nobody owns is set aside.
tenants:
  - id: contoso                             # a-z 0-9 -, at most 40; never changes
    name: Contoso Ltd
    organizations:                          # what the sources call it; a name, id or alias belongs to one tenant only
      - name: contoso.onmicrosoft.example
        # id: 8a329652-7336-5bf7-9cc5-cc1512d4ffb2
        aliases: [ contoso.example ]
    timezone: Pacific/Auckland              # IANA; default of the tenant's sources
    # hours: { days: [ mon, tue, wed, thu, fri ], from: "07:30", to: "18:30", holidays: [ 2026-12-25 ] }   # own timezone: possible
    # accounts:                             # what the names in logs are, and which names are one person
    #   - names: [ 'CONTADM01\\restore-ops', svc-restore@contoso.onmicrosoft.example ]
    #     kind: shared                      # person | shared | service | application
    #   - names: [ 'CONTOSO\\aroha.ngata', aroha.ngata@contoso.example ]
    #     kind: person
    #     groups: [ approved ]
    # Groups for rules: addresses, names, whole domains, * and ?. Kinds shared and service of accounts are groups too.
    # owner_groups: { vip: [ ceo@contoso.example ], legal_hold: [ "*@legal.contoso.example" ] }
    # host_groups: { approved: [ CONTADM01 ] }
    # placeholders: { sensitive_terms: [ merger ], free_mail: [ freemail.example ] }   # free_mail: beside the known providers
    # privacy: { pseudonymize: [ user.target, vb365.item.name ], drop: [ vb365.item.path ] }

sources:
  - id: contoso-rds01
    type: files                             # logs, .eml, REST JSON exports, zip of these: the content decides, not the name
    tenant: contoso                         # left out: provider side; the organisation that a record names decides
    paths: [ 'contoso/RDS01/**' ]           # globs; '\\\\rds01\\veeam-logs\\*Explorer\\Logs\\*.log' works too
    # host: RDS01                           # when the file itself does not say
    # timezone: Pacific/Chatham             # when the file itself does not say; else the tenant's
    # date_order: dmy                       # dmy | mdy | ymd; only a tie-breaker
    # fallback_encoding: windows-1252

  # - id: provider-mail
  #   type: mail-listener                   # SMTP on loopback by default; also mail-imap and mail-folder
  #   listen: 127.0.0.1:2525
  #   recipients: [ audit@provider.example ]
  #   authentication: { policy: require, authserv_id: mx1.provider.example, relays: [ 192.0.2.250 ] }   # require | prefer | off
  #   timezone: Pacific/Auckland            # zone of the VB365 server that writes the mails
  #   culture: en-NZ

  # - id: provider-rest
  #   type: rest
  #   url: https://vb365.provider.example:4443
  #   username: audit-reader
  #   password: { file: /etc/vb365-siem/rest.password }   # { file } or { env }; never the secret itself
  #   ca: /etc/vb365-siem/vb365-ca.pem      # or fingerprint: "AA:BB:…"
  #   every: 60s

# SIEM inputs that take events: replay --send, and the daemon.
destinations: []
  # - id: contoso-splunk
  #   tenants: [ contoso ]                  # or [ "*" ]: everything, and the health of the whole installation
  #   format: ecs                           # ecs | cef
  #   events: all                           # all | restores | alerts
  #   syslog:
  #     url: tls://siem.contoso.example:6514    # udp:// tcp:// tls:// relp:// relp+tls://
  #     framing: octet-counting             # octet-counting | lf (tcp, tls)
  #     commit: fin                         # fin | window | none | relp
  #     header: rfc5424                     # rfc5424 | bsd (RFC 3164, only with format cef)
  #     facility: 13
  #     max_message_size: 8000B
  #     ca: ca.pem
  #     certificate: client.pem
  #     key: { file: client.key }
`;
