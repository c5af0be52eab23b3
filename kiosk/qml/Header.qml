import QtQuick
import QtQuick.Layouts
import Hall

// The hall's name and the time. Five quick touches on the name are staff's way out.
Rectangle {
    id: header

    required property var view
    required property var kiosk
    required property bool wide
    property int touches: 0

    implicitHeight: Math.max(row.implicitHeight, Style.base * 2) + Style.gap * (wide ? 1 : 1.4)
    color: Style.action

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Style.space
        anchors.rightMargin: Style.space
        spacing: Style.space

        GridLayout {
            id: names
            Layout.fillWidth: true
            columns: header.wide ? 2 : 1
            columnSpacing: Style.space
            rowSpacing: 0

            FitWords {
                id: hall
                objectName: "hall"
                Layout.fillWidth: true
                Layout.maximumWidth: header.wide && other.visible ? natural + Style.tight : Number.POSITIVE_INFINITY
                text: header.view.hall
                most: Style.base * 1.25
                least: Style.base * (header.view.large ? 1.17 : 0.86)
                lines: header.wide && natural < names.width * 1.4 ? 1 : 2
                strong: true
                maximumLineCount: header.wide ? 2 : header.view.large ? 4 : 3
                elide: Text.ElideRight
                color: Style.inverse

                TapHandler {
                    onTapped: {
                        header.touches += 1;
                        calm.restart();
                        if (header.touches >= 5) {
                            header.touches = 0;
                            header.kiosk.act("exit", "");
                        }
                    }
                }
            }
            // Only where one line holds it: the footer's language key shows it large.
            Words {
                id: other
                readonly property real room: names.width - (header.wide ? hall.natural + Style.space + Style.tight : 0)
                Layout.fillWidth: true
                visible: text.length > 0 && !header.view.large && implicitWidth <= room
                text: header.view.hallOther
                size: Style.base * 0.8
                color: Style.inverse
            }
        }
        GridLayout {
            columns: header.wide ? 2 : 1
            columnSpacing: Style.space
            rowSpacing: 0
            layoutDirection: header.wide ? Qt.RightToLeft : Qt.LeftToRight

            Words {
                Layout.alignment: Qt.AlignRight
                text: header.view.clock
                size: Style.base * 1.5
                strong: true
                wrapMode: Text.NoWrap
                font.features: Style.tabular
                color: Style.inverse
            }
            Words {
                Layout.alignment: Qt.AlignRight
                visible: !header.view.large && (header.wide || header.view.hall.length <= (/[\u4e00-\u9fff]/.test(header.view.hall) ? 20 : 44))
                text: header.view.date
                size: Style.base * 0.8
                wrapMode: Text.NoWrap
                color: Style.inverse
            }
        }
    }
    Timer {
        id: calm
        interval: 2000
        onTriggered: header.touches = 0
    }
}
