import QtQuick
import QtQuick.Window
import Mirror
import Mirror.ViewModels as ViewModels

// A garment hung in the air over a soft floor of light; a hanger where there is no picture of it.
Item {
    id: picture

    required property ViewModels.PictureLoader pictures
    required property string path
    property bool faint: false
    property bool lit: true
    property bool broken: false
    // How far it still is on its way from where it was touched: 1 there, 0 here.
    property real flight: 0
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

    // Where it is now, for whoever shows it next.
    function leave() {
        const at = mapToItem(null, 0, 0);
        Theme.transitionStart = Qt.rect(at.x, at.y, width, height);
    }

    // Come from where it was touched; under reduced motion it simply is here.
    function arrive() {
        const from = Theme.transitionStart;
        Theme.transitionStart = Qt.rect(0, 0, 0, 0);
        if (Theme.noMotion || Theme.reducedMotion || from.width <= 0 || height <= 0)
            return;
        const here = mapFromItem(null, from.x, from.y);
        way.x = here.x;
        way.y = here.y;
        way.scale = from.height / height;
        arrival.restart();
    }

    QtObject {
        id: way

        property real x: 0
        property real y: 0
        property real scale: 1
    }
    NumberAnimation {
        id: arrival

        target: picture
        property: "flight"
        from: 1
        to: 0
        duration: Theme.longMs
        easing.type: Easing.OutCubic
    }
    transform: [
        Scale {
            xScale: 1 + (way.scale - 1) * picture.flight
            yScale: xScale
        },
        Translate {
            x: way.x * picture.flight
            y: way.y * picture.flight
        }
    ]

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
            enabled: !Theme.noMotion

            NumberAnimation {
                duration: Theme.mediumMs
                easing.type: Easing.OutCubic
            }
        }
    }
    PicturePlaceholder {
        visible: picture.broken
        anchors.centerIn: parent
        width: Math.min(parent.width, parent.height) * 0.62
        opacity: picture.faint ? 0.42 : 1
    }
}
