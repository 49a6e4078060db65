"""The one door to Pillow: shapes as masks, encoded pictures, and retailers' photographs made safe and small."""
