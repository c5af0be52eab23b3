import QtQuick
import QtQuick.Layouts
import Hall

// Departments, then services; or a search by pinyin initials.
PageBase {
    id: page

    readonly property var shown: view.choose
    readonly property bool inDepartments: !shown.searching && shown.departments.length > 0

    title: shown.searching ? qsTr("输入拼音首字母") : inDepartments ? qsTr("请选择部门") : shown.title.length > 0 ? shown.title : qsTr("请选择业务")
    subtitle: view.large || (wide && !shown.searching) ? "" : shown.searching ? qsTr("例如“社会保险”输入 SHBX，或在九宫格按 7429") : inDepartments ? "" : qsTr("请选择要办的业务")

    GridLayout {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        columns: page.wide && page.shown.searching ? 2 : 1
        columnSpacing: Style.space
        rowSpacing: Style.gap

        RowLayout {
            Layout.fillWidth: true
            visible: !page.shown.searching
            spacing: Style.gap

            BigButton {
                objectName: "search"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                text: qsTr("按拼音首字母查找业务")
                onTaken: page.kiosk.act("search", "on")
            }
            Pager {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                visible: page.wide && choices.last > 0
                pages: choices
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            spacing: Style.gap

            Typed {
                Layout.fillWidth: true
                visible: page.shown.searching
                text: page.shown.query
                placeholder: qsTr("请输入")
            }
            TilePages {
                id: choices
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: tiles.length > 0
                tiles: page.inDepartments ? page.shown.departments : page.shown.services
                prefix: page.inDepartments ? "department" : "service"
                wide: page.wide && !page.shown.searching
                large: page.view.large
                pagerElsewhere: page.wide && !page.shown.searching
                onTilesChanged: if (tiles.length <= count) number = 0
                onTaken: key => page.kiosk.act(prefix, key)
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: page.shown.services.length === 0 && page.shown.departments.length === 0

                Words {
                    anchors.centerIn: parent
                    width: parent.width
                    text: !page.shown.searching ? qsTr("这台取号机今天没有可取号的业务，请到：%1").arg(page.view.desk)
                        : page.shown.query.length > 0 ? qsTr("没有找到；请改几个字母，或按返回从部门里选择") : qsTr("找到的业务会列在这里")
                    size: Style.body
                    color: Style.muted
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
        LetterPad {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.fillHeight: page.wide
            visible: page.shown.searching
            short: page.view.reach && !page.wide
            tight: page.view.reach
            onKey: character => page.kiosk.act("key", character)
            onErase: page.kiosk.act("erase", "")
        }
    }
}
