"""Payment terminals behind one small port; a bank card is only ever seen by the certified terminal itself."""
