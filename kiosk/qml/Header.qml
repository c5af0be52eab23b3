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

    implicitHeight: row.implicitHeight + Style.gap * (wide ? 1 : 1.4)
    color: Style.action

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Style.space
        anchors.rightMargin: Style.space
        spacing: Style.space

        GridLayout {
            Layout.fillWidth: true
            columns: header.wide ? 2 : 1
            columnSpacing: Style.space
            rowSpacing: 0

            Words {
                objectName: "hall"
                Layout.fillWidth: !header.wide
                Layout.maximumWidth: header.wide ? header.width * 0.55 : Number.POSITIVE_INFINITY
                text: header.view.hall
                size: Style.base * (text.length > 20 && !header.wide ? 0.82 : 1.25)
                strong: true
                maximumLineCount: header.wide ? 1 : 2
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
            Words {
                Layout.fillWidth: true
                visible: text.length > 0 && (!header.wide || header.view.hall.length < 24)
                text: header.view.hallOther
                size: Style.base * 0.8
                maximumLineCount: 1
                elide: Text.ElideRight
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
