"""Where documents of sales are given to: folders of files, and programs that are called by HTTPS."""
