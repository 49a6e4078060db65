import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A way in which the shopper can get her garments, with day and fee. A touch chooses it for all of them.
TouchArea {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string way
    required property bool chosen
    required property string fee
    required property int ahead
    required property int weekday
    required property int day
    required property int month
    required property bool guaranteed
    required property int minutes
    readonly property string when: DeliveryTexts.when(mirror.scene.language, ahead, weekday, day, month, guaranteed || way === "bag")

    objectName: "way-" + way
    label: nameText.text
    Accessible.checkable: true
    Accessible.checked: chosen
    implicitHeight: Math.max(Theme.unit * 130, texts.height + Theme.unit * 30)
    onTouched: mirror.chooseWay(way, "")

    Column {
        id: texts

        anchors.left: parent.left
        anchors.right: checkMark.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 4

        Title {
            id: nameText

            maxWidth: parent.width
            text: DeliveryTexts.way(row.way)
            size: Theme.unit * 54
            color: row.chosen ? Theme.foreground : Theme.muted
        }
        BodyText {
            objectName: "when-" + row.way
            width: parent.width
            visible: row.way !== "take"
            text: SharedTexts.joined([row.when, DeliveryTexts.fee(row.fee)])
        }
        Caption {
            width: parent.width
            visible: text !== ""
            text: DeliveryTexts.orderWithin(row.minutes)
            color: Theme.accent
        }
    }
    CheckMark {
        id: checkMark

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        checked: row.chosen
    }
}
