pragma ComponentBehavior: Bound
import QtQuick
import Hall

// What the camera sees now, as in a mirror, with a frame where to hold a code or to put the face.
Rectangle {
    id: finder
    objectName: "viewfinder"

    property var preview: null
    property bool face: false
    readonly property string source: preview ? preview.source : ""
    readonly property real side: Math.round(Math.min(width * 0.8, height * (face ? 0.66 : 0.72)))

    radius: Style.radius
    color: Style.text
    clip: true

    Image {
        anchors.fill: parent
        source: finder.source
        fillMode: Image.PreserveAspectCrop
        cache: false
        asynchronous: false
    }
    // What lies outside the frame is dimmed, so that the frame shows on any picture.
    Repeater {
        model: finder.face || finder.source.length === 0 ? 0 : 4

        Rectangle {
            required property int index
            readonly property real across: Math.round((finder.width - finder.side) / 2)
            readonly property real above: Math.round((finder.height - finder.side) / 2)
            x: index === 1 ? across + finder.side : 0
            y: index < 2 ? above : index === 2 ? 0 : above + finder.side
            width: index === 0 ? across : index === 1 ? finder.width - x : finder.width
            height: index < 2 ? finder.side : index === 2 ? above : finder.height - y
            color: Style.text
            opacity: 0.55
        }
    }
    Rectangle {
        x: Math.round((finder.width - finder.side) / 2)
        y: Math.round((finder.height - finder.side) / 2)
        visible: !finder.face && finder.source.length > 0
        width: finder.side
        height: finder.side
        color: "transparent"
        border.width: Style.line
        border.color: Style.action
    }
    Rectangle {
        anchors.centerIn: parent
        visible: finder.face && finder.source.length > 0
        width: finder.side * 0.8
        height: finder.side * 1.08
        radius: width / 2
        color: "transparent"
        border.width: Style.line * 1.6
        border.color: Style.action
    }
    Rectangle {
        anchors.centerIn: parent
        visible: finder.face && finder.source.length > 0
        width: finder.side * 0.8
        height: finder.side * 1.08
        radius: width / 2
        color: "transparent"
        border.width: Style.line * 0.8
        border.color: Style.inverse
    }
    Words {
        anchors.centerIn: parent
        width: parent.width - Style.space * 2
        visible: finder.source.length === 0
        text: qsTr("正在打开摄像头…")
        size: Style.small
        color: Style.inverse
        horizontalAlignment: Text.AlignHCenter
    }
}
