import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Base of the pages: a column that is placed on the footer and grows upwards, so that the upper part stays a mirror.
Item {
    id: frame

    required property ViewModels.MirrorViewModel mirror
    readonly property ViewModels.Scene scene: mirror.scene
    readonly property real innerWidth: width - 2 * Theme.margin
    default property alias content: column.data
    property alias spacing: column.spacing

    Column {
        id: column

        objectName: "content"
        x: Theme.margin
        width: frame.innerWidth
        anchors.bottom: message.top
        // With the page area "full", the column is centred vertically.
        anchors.bottomMargin: frame.mirror.pageArea === "full" ? Math.max(0, (message.y - height * scale) / 2) : 0
        spacing: Theme.unit * 40
        // A column that is too tall is scaled down as a whole.
        scale: height > 0 ? Math.min(1, (message.y - Theme.unit * 40) / height) : 1
        transformOrigin: Item.Bottom
    }
    StaffMessage {
        id: message

        x: Theme.margin
        width: frame.innerWidth
        anchors.bottom: notice.top
        mirror: frame.mirror
    }
    NoticeLine {
        id: notice

        x: Theme.margin
        width: frame.innerWidth
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.footerHeight
        notice: frame.scene.notice
    }
}
