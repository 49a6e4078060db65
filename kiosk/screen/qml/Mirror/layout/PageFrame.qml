import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// What all pages share: their content stands on the foot and grows upwards, so that the upper glass stays mirror.
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
        anchors.bottom: notice.top
        // On a glass that may be drawn on all over, it stands in the middle.
        anchors.bottomMargin: frame.mirror.pageArea === "full" ? Math.max(0, (notice.y - height * scale) / 2) : 0
        spacing: Theme.unit * 40
        // What is too tall for the glass becomes a little smaller as a whole; nothing runs off.
        scale: height > 0 ? Math.min(1, (notice.y - Theme.unit * 40) / height) : 1
        transformOrigin: Item.Bottom
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
