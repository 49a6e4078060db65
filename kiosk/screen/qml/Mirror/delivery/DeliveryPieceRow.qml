import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A garment of the basket and the way in which she gets it; a touch changes it to the next one.
TouchArea {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string piece
    required property string name
    required property string size
    required property string picture
    required property string way
    required property string nextWay
    required property string outline

    objectName: "piece-" + piece
    label: name + ", " + wayText.text
    implicitHeight: Theme.minTouchSize
    onTouched: mirror.chooseWay(nextWay, piece)

    GarmentPicture {
        id: photo

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.unit * 84
        height: parent.height - Theme.unit * 12
        pictures: row.mirror.pictures
        path: row.picture
        outline: row.outline
        showLight: false
    }
    BodyText {
        anchors.left: photo.right
        anchors.leftMargin: Theme.unit * 28
        anchors.right: wayText.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: SharedTexts.requestName("", row.name, row.size)
        elide: Text.ElideRight
        wrapMode: Text.Wrap
        maximumLineCount: 2
    }
    BodyText {
        id: wayText

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, row.width * 0.42)
        horizontalAlignment: Text.AlignRight
        text: DeliveryTexts.way(row.way)
        color: Theme.accent
    }
}
