import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One line of the basket: a touch puts the piece in or takes it out. A piece that cannot be bought says why.
TouchArea {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string piece
    required property string name
    required property string colour
    required property string size
    required property string price
    required property string picture
    required property string outline
    required property bool taken
    required property bool gone
    required property string whyNot
    required property string priceBefore
    required property list<string> reasons
    required property string lowestPrice
    // In the basket, though perhaps not in the room any more.
    readonly property bool chosen: taken || gone
    readonly property string note: gone ? qsTr("No longer with you, so it is not counted.") : SharedTexts.whyNot(whyNot)
    // One text line each, for a long basket.
    property bool dense: false

    objectName: "line-" + piece
    label: name
    enabled: whyNot === ""
    Accessible.checkable: whyNot === ""
    Accessible.checked: taken
    implicitHeight: details.height + Theme.unit * 8
    onTouched: mirror.choosePiece(piece, !chosen)

    GarmentPicture {
        id: photo

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.unit * 110
        height: Math.min(parent.height - Theme.unit * 14, Theme.unit * 150)
        pictures: row.mirror.pictures
        path: row.picture
        outline: row.outline
        faint: row.note !== ""
        showLight: false
    }
    Column {
        id: details

        anchors.left: photo.right
        anchors.leftMargin: Theme.unit * 32
        anchors.right: priceText.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 2

        Title {
            maxWidth: parent.width
            text: row.dense && row.note === "" ? SharedTexts.requestName("", row.name, row.size) : row.name
            size: Theme.leadSize
            color: row.note === "" ? Theme.foreground : Theme.muted
        }
        Caption {
            width: parent.width
            visible: !row.dense || row.note !== ""
            text: row.note !== "" ? row.note : SharedTexts.joined([row.colour, row.size])
        }
        Caption {
            objectName: "reasons"
            width: parent.width
            visible: text !== "" && row.note === ""
            text: SharedTexts.joined(row.reasons)
            color: Theme.accent
        }
        Caption {
            objectName: "lowest-price"
            width: parent.width
            visible: text !== "" && row.note === ""
            text: SharedTexts.lowestPrice(row.lowestPrice)
        }
    }
    Column {
        id: priceText

        anchors.right: mark.left
        anchors.rightMargin: Theme.unit * 36
        anchors.verticalCenter: parent.verticalCenter

        BodyText {
            anchors.right: parent.right
            text: row.price
            color: row.taken ? Theme.foreground : Theme.muted
            wrapMode: Text.NoWrap
        }
        BodyText {
            objectName: "price-before"
            anchors.right: parent.right
            visible: row.priceBefore !== "" && !row.dense
            text: row.priceBefore
            color: Theme.muted
            font.pixelSize: Theme.smallSize
            font.strikeout: true
            wrapMode: Text.NoWrap
        }
    }
    Item {
        id: mark

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: row.gone ? takeOut.implicitWidth : checkMark.width
        height: checkMark.height

        CheckMark {
            id: checkMark

            visible: row.whyNot === "" && !row.gone
            checked: row.taken
        }
        BodyText {
            id: takeOut

            anchors.verticalCenter: parent.verticalCenter
            visible: row.gone
            //: At a garment in the basket: takes it out. Short.
            text: qsTr("Take out")
            color: Theme.accent
            font.pixelSize: Theme.smallSize
            wrapMode: Text.NoWrap
        }
    }
}
