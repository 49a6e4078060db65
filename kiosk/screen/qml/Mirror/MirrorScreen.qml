import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Root of the window: a black background and, on it, the pages in the proportions of the design (1080 x 1920),
// scaled, rotated and shifted as the settings say.
Item {
    id: screen

    required property ViewModels.MirrorViewModel mirror
    readonly property bool landscape: mirror.rotation % 180 !== 0
    readonly property real designWidth: landscape ? height : width
    readonly property real designHeight: landscape ? width : height

    width: 1080
    height: 1920

    Binding {
        target: Theme
        property: "unit"
        value: Math.max(0.05, Math.min(screen.designWidth / 1080, screen.designHeight / 1920)) * screen.mirror.scale
    }

    Binding {
        target: Theme
        property: "rightToLeft"
        value: screen.mirror.scene.rightToLeft
    }
    Binding {
        target: Theme
        property: "italics"
        value: !["ar", "ja", "zh"].includes(screen.mirror.scene.language)
    }

    Binding {
        target: Theme
        property: "fontSuffix"
        value: screen.mirror.scene.language === "zh" ? " Zh" : ""
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    Item {
        id: stage

        objectName: "stage"
        width: Math.min(screen.designWidth, Theme.unit * 1080)
        height: Math.min(screen.designHeight, Theme.unit * 1920)
        x: (screen.width - width) / 2 + drift.offsetX
        y: (screen.landscape ? (screen.height - height) / 2 : screen.height - height) + drift.offsetY
        rotation: screen.mirror.rotation
        clip: false

        LayoutMirroring.enabled: screen.mirror.scene.rightToLeft
        LayoutMirroring.childrenInherit: true

        PageHost {
            anchors.fill: parent
            mirror: screen.mirror
        }
    }

    // Protection against burn-in: shifts everything by up to 3 units, one step in 20 seconds.
    QtObject {
        id: drift

        property int step: 0
        readonly property real offsetX: Theme.unit * 3 * Math.sin(step * 0.7)
        readonly property real offsetY: Theme.unit * 3 * Math.sin(step * 0.45)
    }
    Timer {
        interval: 20000
        repeat: true
        running: screen.mirror.drift && !screen.mirror.noMotion
        onTriggered: drift.step += 1
    }
}
