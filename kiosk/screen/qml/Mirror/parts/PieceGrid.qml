pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The pieces in the room as a grid, eight at a time; fewer pieces are shown larger.
Grid {
    id: grid

    required property ViewModels.MirrorViewModel mirror
    readonly property int pieceCount: Math.min(list.size, list.count)
    readonly property ListPart list: ListPart {
        count: grid.mirror.scene.pieces.count
        size: 8
        followsNew: true
        onFirstChanged: Qt.callLater(grid.measureNames)
    }
    readonly property int rowCount: Math.ceil(pieceCount / columns)
    readonly property real pictureHeight: Theme.unit * (pieceCount === 1 ? 640 : pieceCount === 2 ? 540 : pieceCount === 3 ? 430 : pieceCount === 4 ? 340 : pieceCount <= 6 ? 300 : 250)

    // Horizontal distance from which new pieces slide in.
    readonly property real slideIn: Theme.slideDistance * (mirror.scene.rightToLeft ? -4 : 4)
    property var rowNameHeights: []

    // The largest name height of each row.
    function measureNames() {
        const heights = [];
        for (let n = 0; n < cells.count; n++) {
            const cell = cells.itemAt(n) as PieceCell;
            const row = Math.floor((n - list.first) / columns);
            if (cell !== null && list.shows(n))
                heights[row] = Math.max(heights[row] ?? 0, cell.nameHeight);
        }
        rowNameHeights = heights;
    }

    onColumnsChanged: measureNames()
    visible: pieceCount > 0
    columns: pieceCount <= 4 ? Math.max(1, pieceCount) : pieceCount <= 6 ? 3 : 4
    topPadding: Theme.unit * 14
    columnSpacing: Theme.unit * (columns === 4 ? 24 : 36)
    rowSpacing: Theme.unit * 30

    add: Transition {
        id: addTransition

        NumberAnimation {
            properties: "opacity"
            from: 0
            to: Theme.fullOpacity
            duration: Theme.mediumMs
            easing.type: Easing.OutCubic
        }
        NumberAnimation {
            properties: "x"
            from: addTransition.ViewTransition.destination.x - grid.slideIn
            duration: Theme.longMs
            easing.type: Easing.OutCubic
        }
    }
    move: Transition {
        NumberAnimation {
            properties: "x,y"
            duration: Theme.mediumMs
            easing.type: Easing.OutCubic
        }
        // Ends the fade of a piece that was still being added when the row moved.
        NumberAnimation {
            properties: "opacity"
            to: Theme.fullOpacity
            duration: Theme.mediumMs
            easing.type: Easing.OutCubic
        }
    }

    Repeater {
        id: cells

        model: grid.mirror.scene.pieces

        PieceCell {
            required property int index

            visible: grid.list.shows(index)
            nameMinHeight: grid.rowNameHeights[Math.floor((index - grid.list.first) / grid.columns)] ?? 0
            onNameHeightChanged: grid.measureNames()
            width: (grid.width - (grid.columns - 1) * grid.columnSpacing) / grid.columns
            mirror: grid.mirror
            pictureHeight: grid.pictureHeight
            narrow: grid.columns > 2
            nameSize: grid.pieceCount === 1 ? Theme.unit * 56 : grid.pieceCount === 2 ? Theme.unit * 46 : grid.columns === 4 ? Theme.unit * 32 : Theme.unit * 37
        }
    }
}
