// What hangs in rooms whose visit has ended, by the rail on which it belongs. It leaves the list when it leaves the room.
import { create } from "/associate/base/elements.js";
import { joined, localized } from "/associate/base/texts.js";

/** @import { BoardPiece, RoomBoard } from "/api/answers" */

/** @param {BoardPiece} piece @param {string} room */
function line(piece, room) {
  const words = joined([localized(piece.name), localized(piece.colour), piece.size === "one" ? "" : piece.size]);
  const row = create("li", "", undefined, create("span", "", words), create("span", "small", room));
  row.dataset.piece = piece.piece;
  return row;
}

/** @param {RoomBoard[]} rooms @param {(room: string) => string} title @param {(piece: string) => boolean} stays whether it is put aside @returns {HTMLElement[]} one for each rail */
export function goBackRows(rooms, title, stays) {
  const behind = rooms.filter((board) => board.left_behind).flatMap((board) => board.pieces.filter(({ piece }) => !stays(piece)).map((piece) => ({ piece, room: title(board.room) })));
  const rails = [...new Set(behind.map(({ piece }) => piece.rail))].sort((one, other) => Number(!one) - Number(!other) || one.localeCompare(other));
  return rails.map((rail) => {
    const lines = behind.filter(({ piece }) => piece.rail === rail).map(({ piece, room }) => line(piece, room));
    const row = create("li", "rail", undefined, ...(rail ? [create("strong", "", rail)] : []), create("ul", "", undefined, ...lines));
    row.dataset.key = rail;
    return row;
  });
}
