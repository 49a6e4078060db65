"""What `--check` and every start of the store and of a mirror examine beyond the text of the configuration file.

Drivers' addresses are parsed by the drivers themselves, and the files that the configuration names are opened as the
program opens them. No network address is contacted; that is done by `cheval doctor`.

A mirror's machine may have neither SQLAlchemy nor numpy, so `store` and `mirror` are imported one by one.
"""
