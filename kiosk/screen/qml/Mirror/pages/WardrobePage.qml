pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// The pieces in the room, suggestions, open requests, and the basket.
PageFrame {
    id: page

    readonly property int pieceCount: scene.pieces.count
    readonly property int columns: pieceCount <= 4 ? Math.max(1, pieceCount) : pieceCount <= 6 ? 3 : 4
    readonly property int rows: Math.ceil(pieceCount / columns)
    readonly property real pictureHeight: Theme.unit * (pieceCount === 1 ? 640 : pieceCount === 2 ? 540 : pieceCount === 3 ? 430 : pieceCount === 4 ? 340 : pieceCount <= 6 ? 300 : pieceCount <= 8 ? 250 : 200)
    readonly property real columnGap: Theme.unit * (columns === 4 ? 24 : 36)

    // Horizontal distance from which new pieces slide in.
    readonly property real slideIn: Theme.slideDistance * (scene.rightToLeft ? -4 : 4)
    property var rowNameHeights: []

    // The largest name height of each row.
    function measureNames() {
        const heights = [];
        for (let n = 0; n < cells.count; n++) {
            const cell = cells.itemAt(n) as PieceCell;
            const row = Math.floor(n / columns);
            if (cell !== null)
                heights[row] = Math.max(heights[row] ?? 0, cell.nameHeight);
        }
        rowNameHeights = heights;
    }

    onColumnsChanged: measureNames()
    spacing: Theme.unit * 30

    Title {
        maxWidth: page.innerWidth
        //: Over the garments that hang in the shopper's room.
        text: page.scene.firstName !== "" ? qsTr("With you, %1").arg(page.scene.firstName) : qsTr("With you")
    }
    BodyText {
        width: Math.min(page.innerWidth, Theme.unit * 760)
        visible: page.pieceCount === 0
        color: Theme.muted
        font.pixelSize: Theme.leadSize
        text: qsTr("Hang your pieces here. They appear by themselves.")
    }
    Grid {
        id: grid

        visible: page.pieceCount > 0
        width: page.innerWidth
        columns: page.columns
        topPadding: Theme.unit * 14
        columnSpacing: page.columnGap
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
                from: addTransition.ViewTransition.destination.x - page.slideIn
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

            model: page.scene.pieces

            PieceCell {
                required property int index

                nameMinHeight: page.rowNameHeights[Math.floor(index / page.columns)] ?? 0
                onNameHeightChanged: page.measureNames()
                width: (page.innerWidth - (page.columns - 1) * page.columnGap) / page.columns
                mirror: page.mirror
                pictureHeight: page.pictureHeight
                nameSize: page.pieceCount === 1 ? Theme.unit * 56 : page.pieceCount === 2 ? Theme.unit * 46 : page.columns === 4 ? Theme.unit * 32 : Theme.unit * 37
            }
        }
    }
    Column {
        width: page.innerWidth
        spacing: Theme.unit * 8
        visible: page.scene.looks.count > 0 && page.rows < 3

        HeadingLink {
            objectName: "looks"
            //: Over the suggestions that go along with the garments in the room.
            text: qsTr("Goes with it")
            width: page.innerWidth
            onTouched: page.mirror.openPage("look")
        }
        Row {
            width: page.innerWidth
            spacing: page.columnGap

            Repeater {
                model: page.scene.looks

                LookCell {
                    required property int index

                    visible: index < 3
                    width: (page.innerWidth - 2 * page.columnGap) / 3
                    mirror: page.mirror
                    showReason: page.rows === 1
                }
            }
        }
    }
    Column {
        width: page.innerWidth

        Repeater {
            model: page.scene.requests

            RequestLine {
                visible: current
                width: page.innerWidth
                mirror: page.mirror
            }
        }
    }
    BasketLink {
        objectName: "basket"
        width: page.innerWidth
        visible: page.scene.basket.count > 0
        //: Opens the basket. The sum stands beside it.
        text: qsTr("Basket")
        total: page.scene.basket.total
        onTouched: page.mirror.openPage("basket")
    }
}
