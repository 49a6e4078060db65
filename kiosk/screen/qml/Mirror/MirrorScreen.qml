import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The whole glass: black, and on it a stage of the design's shape, turned and drifting as the panel needs it.
Item {
    id: glass

    required property ViewModels.MirrorViewModel mirror
    readonly property bool lies: mirror.rotation % 180 !== 0
    readonly property real across: lies ? height : width
    readonly property real along: lies ? width : height

    width: 1080
    height: 1920

    Binding {
        target: Theme
        property: "unit"
        value: Math.max(0.05, Math.min(glass.across / 1080, glass.along / 1920)) * glass.mirror.scale
    }

    Binding {
        target: Theme
        property: "rightToLeft"
        value: glass.mirror.scene.rightToLeft
    }
    Binding {
        target: Theme
        property: "italics"
        value: !["ar", "ja", "zh"].includes(glass.mirror.scene.language)
    }

    Binding {
        target: Theme
        property: "fontSuffix"
        value: glass.mirror.scene.language === "zh" ? " Zh" : ""
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    Item {
        id: stage

        objectName: "stage"
        width: Math.min(glass.across, Theme.unit * 1080)
        height: Math.min(glass.along, Theme.unit * 1920)
        x: (glass.width - width) / 2 + drift.across
        y: (glass.lies ? (glass.height - height) / 2 : glass.height - height) + drift.along
        rotation: glass.mirror.rotation
        clip: false

        LayoutMirroring.enabled: glass.mirror.scene.rightToLeft
        LayoutMirroring.childrenInherit: true

        PageHost {
            anchors.fill: parent
            mirror: glass.mirror
        }
    }

    // Nothing stands on the same pixels for hours: a slow walk over a few of them.
    QtObject {
        id: drift

        property int step: 0
        readonly property real across: Theme.unit * 3 * Math.sin(step * 0.7)
        readonly property real along: Theme.unit * 3 * Math.sin(step * 0.45)
    }
    Timer {
        interval: 20000
        repeat: true
        running: glass.mirror.drift && !glass.mirror.noMotion
        onTriggered: drift.step += 1
    }
}
