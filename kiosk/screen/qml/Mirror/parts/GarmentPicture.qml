import QtQuick
import QtQuick.Window
import Mirror
import Mirror.ViewModels as ViewModels

// Picture of a garment over a floor of light; a placeholder where the picture is missing or broken.
Item {
    id: picture

    required property ViewModels.PictureLoader pictures
    required property string path
    // Name of the drawing that stands in for a missing picture.
    property string outline: "hanger"
    property bool faint: false
    property bool showLight: true
    property bool broken: false
    // 1: at the place where the picture was touched on the previous page, 0: at its own place.
    property real transitionProgress: 0
    readonly property int requestedHeight: Math.ceil(height * Screen.devicePixelRatio)

    onPathChanged: load()
    onRequestedHeightChanged: load()
    Component.onCompleted: load()

    function load() {
        if (requestedHeight < 8)
            return;
        const url = pictures.source(path, requestedHeight);
        broken = url === "broken";
        image.source = broken ? "" : url;
    }

    // Remember the place of this picture as the start of the transition to the next page.
    function startTransition() {
        const at = mapToItem(null, 0, 0);
        Theme.transitionStart = Qt.rect(at.x, at.y, width, height);
    }

    // Move from the stored place to its own place; without motion it is there at once.
    function finishTransition() {
        const from = Theme.transitionStart;
        Theme.transitionStart = Qt.rect(0, 0, 0, 0);
        if (Theme.noMotion || Theme.reducedMotion || from.width <= 0 || height <= 0)
            return;
        const here = mapFromItem(null, from.x, from.y);
        transitionFrom.x = here.x;
        transitionFrom.y = here.y;
        transitionFrom.scale = from.height / height;
        transition.restart();
    }

    QtObject {
        id: transitionFrom

        property real x: 0
        property real y: 0
        property real scale: 1
    }
    NumberAnimation {
        id: transition

        target: picture
        property: "transitionProgress"
        from: 1
        to: 0
        duration: Theme.longMs
        easing.type: Easing.OutCubic
    }
    transform: [
        Scale {
            xScale: 1 + (transitionFrom.scale - 1) * picture.transitionProgress
            yScale: xScale
        },
        Translate {
            x: transitionFrom.x * picture.transitionProgress
            y: transitionFrom.y * picture.transitionProgress
        }
    ]

    Connections {
        target: picture.pictures

        function onLoaded(path) {
            if (path === picture.path)
                picture.load();
        }
        function onCleared() {
            picture.load();
        }
    }

    // Faint light behind the garment, so that black cloth stays visible on black.
    Image {
        visible: picture.showLight
        source: "image://light/glow"
        anchors.centerIn: parent
        width: Math.min(parent.width * 1.1, parent.height * 0.94)
        height: parent.height * 1.06
        opacity: picture.faint ? 0.4 : 1
    }
    Image {
        visible: picture.showLight
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
        sourceSize.height: picture.requestedHeight
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
        objectName: "outline-" + picture.outline
        visible: picture.broken
        outline: picture.outline
        anchors.centerIn: parent
        width: Math.min(parent.width, parent.height) * 0.62
        opacity: picture.faint ? 0.42 : 1
    }
}
