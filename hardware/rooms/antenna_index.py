"""Numbers the antennas of a site for the tables of the forward filter, also for reads without an antenna.

A read without an antenna can be placed if all antennas of its reader cover the same rooms: the configuration gives the
room. The row of such a read is the mean of the likelihoods of these antennas. Otherwise no room can be known.
"""

from __future__ import annotations

from math import exp, log

from hardware.rooms.signal_model import ROW_BINS, LikelihoodTable, LogLikelihoods
from hardware.rooms.site import Antenna, Site

UNKNOWN = -1


class AntennaIndex:
    """The number of each antenna, in the order of the site; then one number for each reader with several antennas of
    the same rooms. `rooms_of` lists the rooms (indices) of each number."""

    def __init__(self, site: Site) -> None:
        self._one_reader = site.one_reader
        self._numbers = {antenna: number for number, antenna in enumerate(site.antennas)}
        self._unnamed: dict[str, int] = {}
        self._groups: list[tuple[int, ...]] = []
        rooms_of = [site.rooms_of(antenna) for antenna in site.antennas]
        for reader in dict.fromkeys(antenna.reader for antenna in site.antennas):
            numbers = tuple(self._numbers[antenna] for antenna in site.antennas_of(reader))
            if len(numbers) == 1:
                self._unnamed[reader] = numbers[0]
            elif site.places_unnamed(reader):
                self._unnamed[reader] = len(rooms_of)
                self._groups.append(numbers)
                rooms_of.append(rooms_of[numbers[0]])
        names = list(site.rooms)
        self.rooms_of = tuple(tuple(map(names.index, rooms)) for rooms in rooms_of)

    def number(self, reader: str, port: int | None) -> int:
        """The number of a read's antenna; UNKNOWN if it is not in the site, or if no antenna was sent and the reader's
        antennas cover different rooms."""
        name = "" if self._one_reader else reader
        if port is None:
            return self._unnamed.get(name, UNKNOWN)
        return self._numbers.get(Antenna(name, port), UNKNOWN)

    def rows(self, rows: LikelihoodTable) -> LikelihoodTable:
        """The rows of every number, from those of the site's antennas."""
        return (*rows, *(_mean_rows([rows[number] for number in group]) for group in self._groups))


def _mean_rows(antennas: list[tuple[LogLikelihoods, ...]]) -> tuple[LogLikelihoods, ...]:
    """The log of the mean likelihood, for each bin and room."""
    return tuple(
        tuple(
            log(sum(exp(value) for value in values) / len(values))
            for values in zip(*rows_of_bin, strict=True)
        )
        for rows_of_bin in (tuple(rows[index] for rows in antennas) for index in range(ROW_BINS))
    )
