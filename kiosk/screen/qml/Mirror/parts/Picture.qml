import QtQuick
import QtQuick.Window
import Mirror
import Mirror.Glass as Facts

// A garment hung in the air over a soft floor of light; a hanger where there is no picture of it.
Item {
    id: picture

    required property Facts.Pictures pictures
    required property string path
    property bool faint: false
    property bool lit: true
    property bool broken: false
    readonly property int wished: Math.ceil(height * Screen.devicePixelRatio)
    readonly property real paintedHeight: image.paintedHeight

    onPathChanged: look()
    onWishedChanged: look()
    Component.onCompleted: look()

    function look() {
        if (wished < 8)
            return;
        const address = pictures.address(path, wished);
        broken = address === "broken";
        image.source = broken ? "" : address;
    }

    Connections {
        target: picture.pictures

        function onArrived(path) {
            if (path === picture.path)
                picture.look();
        }
        function onForgotten() {
            picture.look();
        }
    }

    // A breath of light behind, so that black cloth does not vanish in black glass.
    Image {
        visible: picture.lit
        source: "image://light/glow"
        anchors.centerIn: parent
        width: Math.min(parent.width * 1.1, parent.height * 0.94)
        height: parent.height * 1.06
        opacity: picture.faint ? 0.4 : 1
    }
    Image {
        visible: picture.lit
        source: "image://light/floor"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.bottom
        anchors.verticalCenterOffset: -parent.height * 0.004
        width: Math.min(parent.width * 1.12, parent.height * 0.86)
        height: width * 0.15
        opacity: picture.faint ? 0.4 : 1
    }
    Image {
        id: image

        anchors.fill: parent
        anchors.bottomMargin: parent.height * 0.02
        sourceSize.height: picture.wished
        fillMode: Image.PreserveAspectFit
        verticalAlignment: Image.AlignBottom
        cache: false
        smooth: true
        mipmap: true
        opacity: status !== Image.Ready ? 0 : picture.faint ? 0.42 : 1

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
        }
    }
    Hanger {
        visible: picture.broken
        anchors.centerIn: parent
        width: Math.min(parent.width, parent.height) * 0.62
        opacity: picture.faint ? 0.42 : 1
    }
}
