import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One piece of the wardrobe: picture, name, size, price. Faint while it is uncertain whether the piece is in the room.
Item {
    id: cell

    required property ViewModels.MirrorViewModel mirror
    required property string piece
    required property string name
    required property string price
    required property string colour
    required property string size
    required property string picture
    required property string outline
    required property bool faint
    required property bool unknown
    required property bool bought
    required property string advised
    required property bool chosen
    required property string whyNot
    // For columns that are too narrow for the full size of texts.
    property bool narrow: false
    property real pictureHeight: Theme.unit * 400
    property real nameSize: Theme.leadSize
    // Minimum height of the name, so that the names of a row share their last line.
    property real nameMinHeight: 0
    readonly property real nameHeight: nameText.implicitHeight

    implicitHeight: column.height

    TouchArea {
        objectName: "piece-" + cell.piece
        label: cell.name
        width: parent.width
        height: cell.pictureHeight + details.height + Theme.unit * 10
        onTouched: {
            if (cell.unknown)
                return cell.mirror.openPage("ask");
            photo.startTransition();
            cell.mirror.openGarment(cell.piece);
        }
    }
    Column {
        id: column

        width: parent.width

        GarmentPicture {
            id: photo

            // Pictures have empty margins at their sides, which may overlap those of their neighbours.
            x: (parent.width - width) / 2
            width: Math.max(parent.width, Math.min(parent.width * 1.22, height * 0.8))
            height: cell.pictureHeight
            pictures: cell.mirror.pictures
            path: cell.picture
            outline: cell.outline
            faint: cell.faint
        }
        Item {
            width: 1
            height: Theme.unit * 26
        }
        Column {
            id: details

            width: parent.width
            spacing: Theme.unit * 4

            Title {
                id: nameText

                maxWidth: parent.width
                height: Math.max(implicitHeight, cell.nameMinHeight)
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignBottom
                //: A garment that is not in the catalogue.
                text: cell.unknown ? qsTr("New to us") : cell.name
                size: cell.nameSize
                color: cell.faint ? Theme.muted : Theme.foreground
            }
            Caption {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: cell.unknown ? SharedTexts.whyNot("unknown") : SharedTexts.joined([cell.size, cell.price])
            }
            Title {
                maxWidth: parent.width
                horizontalAlignment: Text.AlignHCenter
                visible: !cell.faint && (cell.bought || cell.advised !== "")
                //: At a piece that has been paid; and at one of which another size is advised (%1).
                text: cell.bought ? qsTr("yours") : SharedTexts.filled(qsTr("try %1"), [cell.advised])
                color: Theme.accent
                font.italic: Theme.italics
                size: Theme.unit * 36
            }
            Caption {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                visible: text !== ""
                topPadding: Theme.unit * 6
                text: ["unsure", "sold", "no-price"].includes(cell.whyNot) ? SharedTexts.whyNot(cell.whyNot) : ""
                color: Theme.foreground
            }
        }
        Item {
            width: 1
            height: Theme.unit * 4
        }
        ChooseToggle {
            objectName: "take-" + cell.piece
            width: parent.width
            visible: cell.whyNot === ""
            chosen: cell.chosen
            small: cell.narrow
            onTouched: cell.mirror.choosePiece(cell.piece, !cell.chosen)
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: cell.faint && !cell.unknown
            spacing: Theme.unit * 28

            TextLink {
                objectName: "mine-" + cell.piece
                text: qsTr("Yes")
                onTouched: cell.mirror.confirmPiece(cell.piece, true)
            }
            TextLink {
                objectName: "not-mine-" + cell.piece
                text: qsTr("Not mine")
                onTouched: cell.mirror.confirmPiece(cell.piece, false)
            }
        }
    }
}
