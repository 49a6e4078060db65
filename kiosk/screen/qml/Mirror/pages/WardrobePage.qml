pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// The pieces in the room, suggestions, open requests, and the basket.
PageFrame {
    id: page

    readonly property int pieceCount: scene.pieces.count
    readonly property bool waiting: scene.prepared.present

    spacing: Theme.unit * 30

    Title {
        maxWidth: page.innerWidth
        //: Over the garments that hang in the shopper's room.
        text: page.scene.firstName !== "" ? SharedTexts.filled(qsTr("With you, %1"), [page.scene.firstName]) : qsTr("With you")
    }
    BodyText {
        width: Math.min(page.innerWidth, Theme.unit * 760)
        visible: page.pieceCount === 0 && !page.waiting
        color: Theme.muted
        font.pixelSize: Theme.leadSize
        text: qsTr("Hang your pieces here. They appear by themselves.")
    }
    PieceGrid {
        id: grid

        width: page.innerWidth
        mirror: page.mirror
    }
    TextLink {
        objectName: "other-pieces"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: grid.list.parts > 1
        text: SharedTexts.others(grid.list.first + 1, grid.list.first + grid.pieceCount, grid.list.count)
        color: Theme.muted
        size: Theme.smallSize
        onTouched: grid.list.showNext()
    }
    TextLink {
        objectName: "take-all"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.scene.basket.count === 0 && page.scene.basket.canTakeAll
        text: SharedTexts.allOfThem
        onTouched: page.mirror.chooseAll()
    }
    Column {
        width: page.innerWidth
        spacing: Theme.unit * 8
        visible: page.waiting

        HeadingLink {
            objectName: "prepared"
            text: PreparedTexts.title(page.scene.prepared.by)
            width: page.innerWidth
            onTouched: page.mirror.openPage("prepared")
        }
        PreparedGrid {
            width: page.innerWidth
            columns: 3
            shown: page.pieceCount === 0 ? 6 : 3
            visible: grid.rowCount < 3
            mirror: page.mirror
        }
    }
    Column {
        width: page.innerWidth
        spacing: Theme.unit * 8
        visible: page.scene.looks.count > 0 && grid.rowCount < 3 && !page.waiting

        HeadingLink {
            objectName: "looks"
            //: Over the suggestions that go along with the garments in the room.
            text: qsTr("Goes with it")
            width: page.innerWidth
            onTouched: page.mirror.openPage("look")
        }
        Row {
            width: page.innerWidth
            spacing: grid.columnSpacing

            Repeater {
                model: page.scene.looks

                LookCell {
                    required property int index

                    visible: index < 3
                    width: (page.innerWidth - 2 * grid.columnSpacing) / 3
                    mirror: page.mirror
                    showReason: grid.rowCount === 1
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
    TextLink {
        objectName: "asides"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.scene.asides.count > 0
        text: AsideTexts.list
        size: Theme.smallSize
        onTouched: page.mirror.openPage("requests")
    }
    TextLink {
        objectName: "receipt"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.scene.receipt.number !== ""
        //: Opens the receipt of what was paid in this visit. Short.
        text: qsTr("Your receipt")
        color: Theme.muted
        size: Theme.smallSize
        onTouched: page.mirror.openPage("receipt")
    }
    BasketLink {
        objectName: "basket"
        width: page.innerWidth
        visible: page.scene.basket.count > 0 || page.scene.basket.gone > 0
        //: Opens the basket. The sum stands beside it.
        text: qsTr("Basket")
        total: page.scene.basket.total
        onTouched: page.mirror.openPage("basket")
    }
}
