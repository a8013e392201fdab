"""Libraries written by earlier versions of the program; this and every later version opens and migrates them whole.

Each folder is a format of the truth: `folder.tar.xz` (a library in a folder), `elastic.json.xz` (truth and control of
one in Elasticsearch: settings, mappings, aliases, records), `expected.json` (what it must answer). All were made from
the samples of the project with corrections of metadata, decisions, an own topic and a deleted document.
"""
