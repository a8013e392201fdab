"""Documents of office programs: zips of XML, and the older container."""
